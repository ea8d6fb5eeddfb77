import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AuditEntry } from './audit-entry.entity.js';
import type { AuditHead } from './audit-head.entity.js';

/** What the first entry follows. */
export const CHAIN_START = '0'.repeat(64);

type Unsigned<T, Signature extends keyof T> = Omit<T, Signature | 'id'> & {
  id: number;
};

/** @returns hex HMAC-SHA256 over every field of the entry and the mac of the one before it. */
export function entryMac(
  key: Buffer,
  entry: Unsigned<AuditEntry, 'mac'>,
  previousMac: string,
): string {
  const { id, at, actor, action, target, fields, address, requestId } = entry;
  // JSON keeps the fields apart, whatever they contain.
  return sign(
    key,
    JSON.stringify([
      id,
      at,
      actor,
      action,
      target,
      fields,
      address,
      requestId,
      previousMac,
    ]),
  );
}

export function headSeal(
  key: Buffer,
  { entries, lastMac }: Pick<AuditHead, 'entries' | 'lastMac'>,
): string {
  return sign(key, JSON.stringify(['head', entries, lastMac]));
}

export function isSameMac(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function sign(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}
