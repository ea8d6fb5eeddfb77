import type { CryptoService } from '../security/crypto.service.js';
import {
  type TenantResponseDto,
  toTenantResponse,
} from './dto/tenant-response.dto.js';
import type { TenantColumns } from './tenant-columns.js';
import { openAiKeyPlace } from './tenant.entity.js';

/** A tenant as it goes out, with the state that its key is in. */
export function presentTenant(
  tenant: TenantColumns,
  crypto: CryptoService,
): TenantResponseDto {
  const {
    openaiApiKey: token,
    openaiApiKeyKid: kid,
    openaiApiKeyMac: mac,
  } = tenant;
  const place = openAiKeyPlace(tenant.id);
  return toTenantResponse(tenant, crypto.stateOf({ token, kid, mac }, place));
}
