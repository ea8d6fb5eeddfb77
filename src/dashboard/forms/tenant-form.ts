import { validateDto } from '../../common/validation/validate-dto.js';
import { CreateTenantDto } from '../../tenants/dto/create-tenant.dto.js';
import type { TenantResponseDto } from '../../tenants/dto/tenant-response.dto.js';
import { UpdateTenantDto } from '../../tenants/dto/update-tenant.dto.js';
import { formText } from './form-text.js';

export const VISIBLE_FIELDS = [
  'username',
  'business_name',
  'system_prompt',
] as const;
const SECRET_FIELDS = ['password', 'openai_api_key'] as const;

/** What was typed, to be shown again. Secrets are not among it. */
export function visibleValues(form: unknown): Record<string, string> {
  return Object.fromEntries(
    VISIBLE_FIELDS.map((name) => [name, textOf(form, name)]),
  );
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
  const values = visibleValues(form);
  const filledIn = Object.fromEntries(
    Object.entries(secrets(form)).filter(([, value]) => value !== ''),
  );
  const samePrompt =
    values.system_prompt === withUnixLineEnds(stored.system_prompt);
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

function textOf(form: unknown, name: (typeof VISIBLE_FIELDS)[number]): string {
  const text = formText(form, name);
  return name === 'system_prompt' ? withUnixLineEnds(text) : text;
}

function withUnixLineEnds(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}
