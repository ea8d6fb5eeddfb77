import type { Type } from '@nestjs/common';
import {
  payloadPlace,
  TenantImportPayload,
} from '../tenants/imports/tenant-import-payload.entity.js';
import { openAiKeyPlace, Tenant } from '../tenants/tenant.entity.js';

/** An encrypted value of an entity: the properties that hold it, and the place that it is sealed for. */
export interface EncryptedColumn {
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

/** Names properties that the entity has. */
function column<Row extends { id: number }>(
  entity: Type<Row>,
  name: string,
  properties: Record<'token' | 'kid' | 'mac', keyof Row & string> & {
    hint?: keyof Row & string;
  },
  about: Pick<EncryptedColumn, 'place' | 'owner'>,
): EncryptedColumn {
  return { entity, name, ...properties, ...about };
}

/** Every encrypted column of the project: what is not here is neither verified nor rotated. A spec looks for forgotten ones. */
export const ENCRYPTED_COLUMNS: readonly EncryptedColumn[] = [
  column(
    Tenant,
    'tenants.openai_api_key',
    {
      token: 'openaiApiKey',
      kid: 'openaiApiKeyKid',
      mac: 'openaiApiKeyMac',
      hint: 'openaiApiKeyHint',
    },
    { place: openAiKeyPlace, owner: (id) => `tenant:${id}` },
  ),
  column(
    TenantImportPayload,
    'tenant_import_payloads.payload',
    { token: 'payload', kid: 'payloadKid', mac: 'payloadMac' },
    { place: payloadPlace },
  ),
];
