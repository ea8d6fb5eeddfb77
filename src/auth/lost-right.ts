/** Why somebody who was allowed to ask for something may not have it any more. */
export const LOST_RIGHTS = [
  'token_revoked',
  'token_expired',
  'scope_removed',
  'admin_disabled',
] as const;

export type LostRight = (typeof LOST_RIGHTS)[number];
