import type { CryptoService } from '../security/crypto.service.js';
import { openAiKeyPlace } from './tenant.entity.js';
import type { TenantChanges } from './tenants.repository.js';

/** The columns of an OpenAI key, encrypted for the tenant that it belongs to. */
export function sealKey(
  crypto: CryptoService,
  openaiApiKey: string,
  tenantId: number,
): TenantChanges {
  const { token, kid, mac, hint } = crypto.encrypt(
    openaiApiKey,
    openAiKeyPlace(tenantId),
  );
  return {
    openaiApiKey: token,
    openaiApiKeyKid: kid,
    openaiApiKeyMac: mac,
    openaiApiKeyHint: hint,
  };
}
