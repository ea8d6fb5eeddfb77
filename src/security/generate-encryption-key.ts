import { randomBytes } from 'node:crypto';

/** @returns a new Fernet key: 32 random bytes in padded base64url, 44 characters. */
export function generateEncryptionKey(): string {
  return `${randomBytes(32).toString('base64url')}=`;
}
