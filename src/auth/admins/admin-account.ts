import type { Admin } from './admin.entity.js';

/** An admin as somebody who signs in. */
export interface AdminAccount {
  id: number;
  username: string;
  passwordHash: string;
  /** False of one who is disabled, whom no password lets in. */
  active: boolean;
}

export function toAdminAccount(admin: Admin): AdminAccount {
  const { id, username, passwordHash, disabledAt } = admin;
  return { id, username, passwordHash, active: disabledAt === null };
}
