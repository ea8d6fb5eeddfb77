import type { CryptoService } from '../security/crypto.service.js';
import {
  type TenantResponseDto,
  toTenantResponse,
} from './dto/tenant-response.dto.js';
import { openAiKeyPlace, type Tenant } from './tenant.entity.js';

/** What goes out of a tenant, with the state of its key. */
export function describeTenant(
  tenant: Tenant,
  crypto: CryptoService,
): TenantResponseDto {
  const {
    id,
    openaiApiKey: token,
    openaiApiKeyKid: kid,
    openaiApiKeyMac: mac,
  } = tenant;
  return toTenantResponse(
    tenant,
    crypto.stateOf({ token, kid, mac }, openAiKeyPlace(id)),
  );
}
