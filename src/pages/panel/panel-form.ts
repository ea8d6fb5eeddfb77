import { formText } from '../kit/forms/form-text.js';
import { excerptOf, isKept } from '../kit/forms/kept-fields.js';
import { validateDto } from '../../common/validation/validate-dto.js';
import type { TenantResponseDto } from '../../tenants/dto/tenant-response.dto.js';
import { UpdateTenantDto } from '../../tenants/dto/update-tenant.dto.js';

/** What a tenant may change of itself; its name to sign in with and its state are not among it. */
const TEXTS = ['business_name', 'system_prompt'] as const;
type PanelValues = Record<(typeof TEXTS)[number], string>;

/** A field in which what is stored and what was typed differ. */
export interface PanelConflict {
  field: (typeof TEXTS)[number];
  stored: string;
  typed: string;
}

/** What was typed, to be shown again, or what is stored and stays. The key is not among it. */
export function panelValues(
  form: unknown,
  stored: TenantResponseDto,
): PanelValues {
  const choose = (field: (typeof TEXTS)[number]) =>
    isKept(form, field) ? stored[field] : formText(form, field);
  return {
    business_name: choose('business_name'),
    system_prompt: withUnixLineEnds(choose('system_prompt')),
  };
}

/**
 * What differs when the tenant was changed elsewhere since the form was shown; empty when nothing is at stake.
 * A form without `version` makes no claim to have seen any.
 */
export function panelConflicts(
  form: unknown,
  stored: TenantResponseDto,
): PanelConflict[] {
  const seen = formText(form, 'version');
  if (seen === '' || seen === String(stored.version)) return [];
  const typed = panelValues(form, stored);
  const current = panelValues(stored, stored);
  return TEXTS.filter((field) => typed[field] !== current[field]).map(
    (field) => ({
      field,
      stored: excerptOf(field, current[field]),
      typed: typed[field],
    }),
  );
}

/**
 * An empty key means unchanged; so does a prompt that differs from the stored one only in its line ends,
 * which browsers rewrite.
 */
export function panelDto(
  form: unknown,
  stored: TenantResponseDto,
): UpdateTenantDto {
  const { business_name, system_prompt } = panelValues(form, stored);
  const openai_api_key = formText(form, 'openai_api_key');
  const samePrompt = system_prompt === withUnixLineEnds(stored.system_prompt);
  return validateDto(
    UpdateTenantDto,
    {
      business_name,
      system_prompt: samePrompt ? stored.system_prompt : system_prompt,
      ...(openai_api_key !== '' && { openai_api_key }),
    },
    { unknown: 'refuse' },
  );
}

function withUnixLineEnds(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}
