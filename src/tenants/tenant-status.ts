export const TENANT_STATUSES = ['active', 'suspended'] as const;
export type TenantStatus = (typeof TENANT_STATUSES)[number];

/** What a stored status means: only `suspended` takes anything from a tenant. */
export function tenantStatus(stored: string): TenantStatus {
  return stored === 'suspended' ? 'suspended' : 'active';
}
