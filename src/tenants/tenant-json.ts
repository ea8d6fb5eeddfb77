import {
  type JsonField,
  rowAsJson,
  rowsAsJson,
  writtenRows,
} from '../database/sqlite/row-as-json.js';
import type { CryptoService } from '../security/crypto.service.js';
import type { TenantResponseDto } from './dto/tenant-response.dto.js';
import { openAiKeyPlace } from './tenant.entity.js';

/** Tenants as the database has written them. */
export interface WrittenTenants {
  json: Buffer;
  /** Of those whose key is said to be readable, which the database cannot know: JSON of `StoredKey[]`. */
  keys: string;
}

type StoredKey = [id: number, token: string, kid: string, mac: string];

const KEY = ['openai_api_key', 'openai_api_key_kid', 'openai_api_key_mac'];
const HAS_KEY = 'octet_length(t.openai_api_key) > 0';
const IS_BOUND =
  't.openai_api_key_kid IS NOT NULL AND t.openai_api_key_mac IS NOT NULL';
const SEEMS_READABLE = `${HAS_KEY} AND ${IS_BOUND}`;

const text = (sql: string): JsonField => ({ as: 'text', sql });

/** As `toTenantResponse` has them. */
const FIELDS: Record<keyof TenantResponseDto, JsonField> = {
  id: { as: 'integer', sql: 't.id' },
  username: text('t.username'),
  business_name: text('t.business_name'),
  system_prompt: text('t.system_prompt'),
  status: text(
    "CASE WHEN CAST(t.status AS TEXT) = 'suspended' THEN 'suspended' ELSE 'active' END",
  ),
  openai_api_key_hint: text(
    `CASE WHEN ${SEEMS_READABLE} THEN t.openai_api_key_hint END`,
  ),
  openai_api_key_state: text(
    `CASE WHEN ${SEEMS_READABLE} THEN 'ok' WHEN octet_length(t.openai_api_key) = 0 THEN 'missing' ELSE 'unreadable' END`,
  ),
  version: { as: 'integer', sql: 't.version' },
  created_at: { as: 'date', sql: 't.created_at' },
  updated_at: { as: 'date', sql: 't.updated_at' },
};

/** SQL of `WrittenTenants`: all rows of `t`, in the order of the query. */
export const TENANTS_AS_JSON = `${rowsAsJson(rowAsJson(FIELDS))} AS json,
  json_group_array(json_array(t.id, ${KEY.map((column) => `CAST(t.${column} AS TEXT)`).join(', ')})) FILTER (WHERE ${SEEMS_READABLE}) AS keys`;

/** @returns what `presentTenant` and `JSON.stringify` would have made of the rows, or undefined: then they have to. */
export function checkedJson(
  { json, keys }: WrittenTenants,
  crypto: CryptoService,
): Buffer | undefined {
  // As it was written above.
  const stored = JSON.parse(keys) as StoredKey[];
  const areReadable = stored.every(
    ([id, token, kid, mac]) =>
      crypto.stateOf({ token, kid, mac }, openAiKeyPlace(id)) === 'ok',
  );
  return areReadable ? writtenRows(json) : undefined;
}
