/** What a process does: docs/operations.md has which path is whose. */
export const ROLES = ['web', 'receptionist', 'worker'] as const;
export type Role = (typeof ROLES)[number];

/**
 * @param value names of roles, comma separated, in any order; blanks around them are let pass.
 * @throws Error when one is none, or there is none.
 */
export function parseRoles(value: string): Role[] {
  const names = new Set(value.split(',').map((name) => name.trim()));
  if (![...names].every(isRole))
    throw new Error(`virgülle ayrılmış roller olmalı: ${ROLES.join(', ')}`);
  return ROLES.filter((role) => names.has(role));
}

function isRole(name: string): name is Role {
  return ROLES.some((role) => role === name);
}
