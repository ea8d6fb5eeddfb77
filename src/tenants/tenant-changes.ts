import { foldUsername } from '../common/validation/credential-fields.js';
import { UpdateTenantDto } from './dto/update-tenant.dto.js';
import type { Tenant } from './tenant.entity.js';

/** The changes of a request with the password hashed. */
export type RequestedChanges = UpdateTenantDto & { passwordHash?: string };

/** What a request would change: fields that are absent, null or already so drop out. Secrets always count as changes. */
export function differences(
  dto: UpdateTenantDto,
  tenant: Tenant,
): UpdateTenantDto {
  const { username, business_name, system_prompt } = dto;
  return Object.assign(new UpdateTenantDto(), {
    username: username === foldUsername(tenant.username) ? undefined : username,
    password: dto.password,
    business_name:
      business_name === tenant.businessName ? undefined : business_name,
    openai_api_key: dto.openai_api_key,
    system_prompt:
      system_prompt === tenant.systemPrompt ? undefined : system_prompt,
  });
}

const FIELDS: Partial<Record<keyof Tenant, string>> = {
  username: 'username',
  passwordHash: 'password',
  businessName: 'business_name',
  openaiApiKey: 'openai_api_key',
  systemPrompt: 'system_prompt',
};

/** The names, as the API has them, of the fields that changed columns belong to. */
export function changedFields(columns: Partial<Tenant>): string[] {
  return Object.entries(FIELDS)
    .filter(([column]) => column in columns)
    .map(([, field]) => field);
}
