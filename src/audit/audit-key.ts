import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { SecretBox } from '../security/secret-box.js';
import { CHAIN_START, headSeal } from './audit-chain.js';
import { AuditHead } from './audit-head.entity.js';
import { AuditKey } from './audit-key.entity.js';

const ONLY = 1;
const PLACE = 'audit_key/1';

/** Makes the chain's key and head, once, with their tables. */
export async function makeAuditKey(
  manager: EntityManager,
  secrets: SecretBox,
): Promise<void> {
  const key = randomBytes(32);
  await manager.insert(AuditKey, { id: ONLY, ...sealed(key, secrets) });
  const head = { entries: 0, lastMac: CHAIN_START };
  await manager.insert(AuditHead, {
    id: ONLY,
    ...head,
    seal: headSeal(key, head),
  });
}

/**
 * Seals the chain's key anew under the encrypting key; one that cannot be opened stays as it is. Only a rotation does this:
 * a running server that does not know the key could put nothing on record any more.
 */
export async function resealAuditKey(
  manager: EntityManager,
  secrets: SecretBox,
): Promise<void> {
  const stored = await manager.findOneBy(AuditKey, { id: ONLY });
  if (stored === null || stored.kid === secrets.kid) return;
  const opened = secrets.open(stored, PLACE);
  if (opened.state !== 'ok') return;
  const key = Buffer.from(opened.secret.reveal(), 'base64url');
  await manager.update(AuditKey, { id: ONLY }, sealed(key, secrets));
}

/** @returns 32 bytes. */
export function openAuditKey(stored: AuditKey, secrets: SecretBox): Buffer {
  const opened = secrets.open(stored, PLACE);
  if (opened.state !== 'ok')
    throw new Error('the key of the audit chain cannot be opened');
  return Buffer.from(opened.secret.reveal(), 'base64url');
}

function sealed(key: Buffer, secrets: SecretBox): Omit<AuditKey, 'id'> {
  const { token, kid, mac } = secrets.seal(key.toString('base64url'), PLACE);
  return { token, kid, mac };
}
