import type { ApiTokenState } from '../../../auth/api-tokens/api-token.entity.js';
import type { ApiTokenSummary } from '../../../auth/api-tokens/api-token-summary.js';
import { isoOf } from '../../../common/iso-of.js';

/** A token as the pages show it. */
export interface TokenRow {
  id: string;
  name: string;
  scopes: string[];
  /** The only tenant within reach; undefined for all. */
  tenant?: { id: number; name?: string };
  state: ApiTokenState;
  createdAt?: string;
  expiresAt?: string;
  lastUsedAt?: string;
}

/** @param tenantNames business names of those that exist. */
export function toTokenRow(
  token: ApiTokenSummary,
  tenantNames: ReadonlyMap<number, string>,
): TokenRow {
  const { id, name, scopes, tenantId, state } = token;
  return {
    id,
    name,
    scopes,
    tenant:
      tenantId === null
        ? undefined
        : { id: tenantId, name: tenantNames.get(tenantId) },
    state,
    createdAt: isoOf(token.createdAt),
    expiresAt: isoOf(token.expiresAt),
    lastUsedAt: isoOf(token.lastUsedAt),
  };
}
