export const Scope = {
  TenantsRead: 'tenants:read',
  TenantsWrite: 'tenants:write',
  TokensAdmin: 'tokens:admin',
  AuditRead: 'audit:read',
  ReceptionistInvoke: 'receptionist:invoke',
} as const;

export type Scope = (typeof Scope)[keyof typeof Scope];

export function isScope(text: string): text is Scope {
  return Object.values(Scope).some((scope) => scope === text);
}
