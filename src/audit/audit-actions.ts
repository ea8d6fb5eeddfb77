/** Everything that is put on record. */
export const AUDIT_ACTIONS = [
  'tenant.created',
  'tenant.updated',
  'tenant.deleted',
  'tenant.suspended',
  'tenant.activated',
  'tenant.restored',
  'tenant.purged',
  'tenant.signed_in',
  'tenant.sign_in_refused',
  'tenant.signed_out',
  'tenant.hash_renewed',
  'tenant.password_change_failed',
  'tenants.imported',
  'tenants.import_cancelled',
  'tenants.exported',
  'admin.created',
  'admin.signed_in',
  'admin.sign_in_failed',
  'admin.signed_out',
  'admin.disabled',
  'admin.enabled',
  'admin.password_changed',
  'admin.password_set',
  'admin.hash_renewed',
  'admin.password_change_failed',
  'admin.session_ended',
  'admin.sessions_ended',
  'token.created',
  'token.revoked',
  'keys.rotated',
  'keys.retired',
  'keys.adopted',
  'database.exported',
  'database.restored',
  'audit.restarted',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditEvent {
  action: AuditAction;
  target?: string;
  /** Names only, never values. */
  fields?: readonly string[];
}
