import { IsOptional } from 'class-validator';
import type { NewApiToken } from '../../../auth/api-tokens/api-tokens.service.js';
import {
  isTokenId,
  newTokenId,
} from '../../../auth/api-tokens/token-format.js';
import { isScope, Scope } from '../../../auth/scope.js';
import { ValidationFailedError } from '../../../common/errors/common.errors.js';
import { WholeNumberParameter } from '../../../common/validation/whole-number.decorator.js';
import { CONTROL } from '../../../common/validation/patterns.js';
import {
  IsText,
  Length,
  NotBlank,
  Rule,
} from '../../../common/validation/rules.js';
import { validateDto } from '../../../common/validation/validate-dto.js';
import { formText, formTexts } from '../../kit/forms/form-text.js';

const MAX_LIFE_DAYS = 3650;
const OPTIONAL_FIELDS = ['tenant_id', 'expires_in_days'] as const;

class CreateTokenFormDto {
  @IsText()
  @Rule('INVALID_CHARACTERS', (text) => !CONTROL.test(text))
  @Length(1, 100)
  @NotBlank()
  name: string;

  /** Comma separated. */
  @IsText()
  @Rule('INVALID_FORMAT', (text) => text.split(',').every(isScope))
  scopes: string;

  @IsOptional()
  @WholeNumberParameter({ min: 1, max: Number.MAX_SAFE_INTEGER })
  tenant_id?: number;

  @IsOptional()
  @WholeNumberParameter({ min: 1, max: MAX_LIFE_DAYS })
  expires_in_days?: number;
}

/** What the form shows: what was typed, and the id that its token will have. */
export interface TokenFormModel {
  tokenId: string;
  scopes: { scope: Scope; chosen: boolean; focused: boolean }[];
  values: Record<string, string>;
}

/** The token's id travels with the form, so that the same form sent twice makes one token. */
export function tokenFormModel(
  form: unknown,
  tokenId = newTokenId(),
): TokenFormModel {
  const chosen = new Set(formTexts(form, 'scopes'));
  return {
    tokenId,
    scopes: Object.values(Scope).map((scope, index) => ({
      scope,
      chosen: chosen.has(scope),
      focused: index === 0,
    })),
    values: Object.fromEntries(
      ['name', ...OPTIONAL_FIELDS].map((name) => [name, formText(form, name)]),
    ),
  };
}

/** The id that the form brought along; a new one when it is not one that we give. */
export function reservedTokenId(form: unknown): string {
  const id = formText(form, 'token_id');
  return isTokenId(id) ? id : newTokenId();
}

/**
 * @param tenantExists whether there is a tenant with this id.
 * @throws ValidationFailedError
 */
export async function newApiToken(
  form: unknown,
  tenantExists: (id: number) => Promise<boolean>,
): Promise<NewApiToken> {
  const scopes = formTexts(form, 'scopes');
  const filledIn = OPTIONAL_FIELDS.map(
    (field) => [field, formText(form, field).trim()] as const,
  ).filter(([, text]) => text !== '');
  const dto = validateDto(
    CreateTokenFormDto,
    {
      name: formText(form, 'name'),
      ...(scopes.length > 0 && { scopes: scopes.join(',') }),
      ...Object.fromEntries(filledIn),
    },
    { unknown: 'refuse' },
  );
  if (dto.tenant_id !== undefined && !(await tenantExists(dto.tenant_id)))
    throw new ValidationFailedError([
      { pointer: '/tenant_id', code: 'INVALID_FORMAT' },
    ]);
  return {
    name: dto.name,
    scopes: dto.scopes.split(',').filter(isScope),
    tenantId: dto.tenant_id,
    expiresInDays: dto.expires_in_days,
  };
}
