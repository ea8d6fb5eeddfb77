import { tenantStatus } from '../tenant-status.js';
import type { Tenant } from '../tenant.entity.js';

/** A tenant as somebody who signs in. */
export interface TenantAccount {
  id: number;
  username: string;
  businessName: string;
  passwordHash: string;
  suspended: boolean;
}

export function toTenantAccount(tenant: Tenant): TenantAccount {
  const { id, username, businessName, passwordHash, status } = tenant;
  const suspended = tenantStatus(status) === 'suspended';
  return { id, username, businessName, passwordHash, suspended };
}
