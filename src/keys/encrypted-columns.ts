import { openAiKeyPlace, Tenant } from '../tenants/tenant.entity.js';

/** An encrypted value of an entity: the properties that hold it, and the place that it is sealed for. */
export interface EncryptedColumn {
  entity: typeof Tenant;
  name: string;
  token: 'openaiApiKey';
  kid: 'openaiApiKeyKid';
  mac: 'openaiApiKeyMac';
  hint: 'openaiApiKeyHint';
  place: (id: number) => string;
  /** Whose it is, as the audit trail names it. */
  owner: (id: number) => string;
}

/** Every encrypted column of the project: what is not here is neither verified nor rotated. A spec looks for forgotten ones. */
export const ENCRYPTED_COLUMNS: readonly EncryptedColumn[] = [
  {
    entity: Tenant,
    name: 'tenants.openai_api_key',
    token: 'openaiApiKey',
    kid: 'openaiApiKeyKid',
    mac: 'openaiApiKeyMac',
    hint: 'openaiApiKeyHint',
    place: openAiKeyPlace,
    owner: (id) => `tenant:${id}`,
  },
];
