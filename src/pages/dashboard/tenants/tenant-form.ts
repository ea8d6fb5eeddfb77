import { validateDto } from '../../../common/validation/validate-dto.js';
import { CreateTenantDto } from '../../../tenants/dto/create-tenant.dto.js';
import type { TenantResponseDto } from '../../../tenants/dto/tenant-response.dto.js';
import { UpdateTenantDto } from '../../../tenants/dto/update-tenant.dto.js';
import { formText } from '../../kit/forms/form-text.js';
import { isKept } from '../../kit/forms/kept-fields.js';

export const VISIBLE_FIELDS = [
  'username',
  'business_name',
  'system_prompt',
] as const;
export type VisibleField = (typeof VISIBLE_FIELDS)[number];
const SECRET_FIELDS = ['password', 'openai_api_key'] as const;

/** What was typed, to be shown again. Secrets are not among it. */
export function visibleValues(form: unknown): Record<VisibleField, string> {
  return {
    username: formText(form, 'username'),
    business_name: formText(form, 'business_name'),
    system_prompt: withUnixLineEnds(formText(form, 'system_prompt')),
  };
}

/** What was typed, but for fields of which the form says that they stay as they are stored. */
export function chosenValues(
  form: unknown,
  stored: TenantResponseDto,
): Record<VisibleField, string> {
  const typed = visibleValues(form);
  const choose = (field: VisibleField) =>
    formText(form, `keep_${field}`) === 'stored' || isKept(form, field)
      ? stored[field]
      : typed[field];
  return {
    username: choose('username'),
    business_name: choose('business_name'),
    system_prompt: choose('system_prompt'),
  };
}

export function hasSecrets(form: unknown): boolean {
  return Object.values(secrets(form)).some((value) => value !== '');
}

export function createTenantDto(form: unknown): CreateTenantDto {
  return validateDto(
    CreateTenantDto,
    { ...visibleValues(form), ...secrets(form) },
    { unknown: 'refuse' },
  );
}

/**
 * An empty secret means unchanged; so does a prompt that differs from the stored one only in its line ends,
 * which browsers rewrite.
 */
export function updateTenantDto(
  form: unknown,
  stored: TenantResponseDto,
): UpdateTenantDto {
  const values = chosenValues(form, stored);
  const filledIn = Object.fromEntries(
    Object.entries(secrets(form)).filter(([, value]) => value !== ''),
  );
  const samePrompt =
    withUnixLineEnds(values.system_prompt) ===
    withUnixLineEnds(stored.system_prompt);
  const prompt = samePrompt ? stored.system_prompt : values.system_prompt;
  return validateDto(
    UpdateTenantDto,
    { ...values, ...filledIn, system_prompt: prompt },
    { unknown: 'refuse' },
  );
}

function secrets(form: unknown): Record<string, string> {
  return Object.fromEntries(
    SECRET_FIELDS.map((name) => [name, formText(form, name)]),
  );
}

function withUnixLineEnds(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}
