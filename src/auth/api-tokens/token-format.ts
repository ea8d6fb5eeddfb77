import { hash, randomBytes, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ID_ALPHABET =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const ID = /^[A-Za-z0-9]{8}$/;
const TOKEN = /^vr_([A-Za-z0-9]{8})_[A-Za-z0-9_-]{43}([0-9a-f]{8})$/;

export function newTokenId(): string {
  return Array.from(
    { length: 8 },
    () => ID_ALPHABET[randomInt(ID_ALPHABET.length)],
  ).join('');
}

export function isTokenId(text: string): boolean {
  return ID.test(text);
}

/**
 * A new token: `vr_<8 characters id>_<43 characters of 32 random bytes><8 hex digits of CRC-32>`.
 * The checksum lets a mistyped token be refused without a query, and secret scanners recognise a real one.
 */
export function generateToken(id = newTokenId()): {
  id: string;
  token: string;
} {
  const body = `vr_${id}_${randomBytes(32).toString('base64url')}`;
  return { id, token: body + checksum(body) };
}

/** @returns the token's id, or undefined when it cannot be one of ours. */
export function tokenId(token: string): string | undefined {
  const match = TOKEN.exec(token);
  return match?.[2] === checksum(token.slice(0, -8)) ? match[1] : undefined;
}

/** Hex SHA-256: enough for 256 random bits, which nobody can guess. */
export function hashToken(token: string): string {
  return hash('sha256', token);
}

function checksum(body: string): string {
  return crc32(body).toString(16).padStart(8, '0');
}
