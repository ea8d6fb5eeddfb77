import {
  type ApiToken,
  type ApiTokenState,
  tokenState,
} from './api-token.entity.js';

/** A token as those see it who manage tokens: nothing of it can be used to call the API. */
export interface ApiTokenSummary {
  /** The 8 characters after `vr_`. */
  id: string;
  name: string;
  scopes: string[];
  /** The only tenant that the token reaches; null for all. */
  tenantId: number | null;
  state: ApiTokenState;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

export function toApiTokenSummary(token: ApiToken): ApiTokenSummary {
  const { id, name, scopes, tenantId, createdAt, expiresAt, lastUsedAt } =
    token;
  return {
    id,
    name,
    scopes: scopes.split(','),
    tenantId,
    state: tokenState(token),
    createdAt,
    expiresAt,
    lastUsedAt,
  };
}
