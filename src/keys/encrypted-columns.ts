import type { Type } from '@nestjs/common';
import { DeletedTenant } from '../tenants/bin/deleted-tenant.entity.js';
import type { TenantColumns } from '../tenants/tenant-columns.js';
import { openAiKeyPlace, Tenant } from '../tenants/tenant.entity.js';

/** An encrypted value of an entity: the properties that hold it, and the place that it is sealed for. */
export interface EncryptedColumn {
  /** Its rows may move to another column's table, but never get another id. */
  entity: Type<TenantColumns>;
  name: string;
  token: 'openaiApiKey';
  kid: 'openaiApiKeyKid';
  mac: 'openaiApiKeyMac';
  hint: 'openaiApiKeyHint';
  place: (id: number) => string;
  /** Whose it is, as the audit trail names it. */
  owner: (id: number) => string;
}

const OPENAI_API_KEY = {
  token: 'openaiApiKey',
  kid: 'openaiApiKeyKid',
  mac: 'openaiApiKeyMac',
  hint: 'openaiApiKeyHint',
  place: openAiKeyPlace,
  owner: (id: number) => `tenant:${id}`,
} as const;

/** Every encrypted column of the project: what is not here is neither verified nor rotated. A spec looks for forgotten ones. */
export const ENCRYPTED_COLUMNS: readonly EncryptedColumn[] = [
  { entity: Tenant, name: 'tenants.openai_api_key', ...OPENAI_API_KEY },
  {
    entity: DeletedTenant,
    name: 'deleted_tenants.openai_api_key',
    ...OPENAI_API_KEY,
  },
];
