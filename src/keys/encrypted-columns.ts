import type { Type } from '@nestjs/common';
import { DeletedTenant } from '../tenants/bin/deleted-tenant.entity.js';
import {
  payloadPlace,
  TenantImportPayload,
} from '../imports/tenant-import-payload.entity.js';
import { openAiKeyPlace, Tenant } from '../tenants/tenant.entity.js';

/** An encrypted value of an entity: the properties that hold it, and the place that it is sealed for. */
export interface EncryptedColumn {
  /** Its rows may move to another column's table, but never get another id. */
  entity: Type<{ id: number }>;
  name: string;
  token: string;
  kid: string;
  mac: string;
  /** Where the last characters are kept. */
  hint?: string;
  place: (id: number) => string;
  /** Whose it is, as the audit trail names it; only of values that the old application writes, too. */
  owner?: (id: number) => string;
}

const OPENAI_API_KEY = {
  token: 'openaiApiKey',
  kid: 'openaiApiKeyKid',
  mac: 'openaiApiKeyMac',
  hint: 'openaiApiKeyHint',
  place: openAiKeyPlace,
  owner: (id: number) => `tenant:${id}`,
} as const satisfies Partial<EncryptedColumn> & Record<string, unknown>;

/** Every encrypted column of the project: what is not here is neither verified nor rotated. A spec looks for forgotten ones. */
export const ENCRYPTED_COLUMNS: readonly EncryptedColumn[] = [
  { entity: Tenant, name: 'tenants.openai_api_key', ...OPENAI_API_KEY },
  {
    entity: DeletedTenant,
    name: 'deleted_tenants.openai_api_key',
    ...OPENAI_API_KEY,
  },
  {
    entity: TenantImportPayload,
    name: 'tenant_import_payloads.payload',
    token: 'payload',
    kid: 'payloadKid',
    mac: 'payloadMac',
    place: payloadPlace,
  },
];
