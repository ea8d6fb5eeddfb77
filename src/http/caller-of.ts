import type { Request } from 'express';

/** Who asks, for bounds that keep one from taking what others need. */
export function callerOf({ apiPrincipal, admin, tenant }: Request): string {
  if (apiPrincipal !== undefined) return apiPrincipal.tokenId;
  return tenant === undefined ? `admin:${admin?.id}` : `tenant:${tenant.id}`;
}
