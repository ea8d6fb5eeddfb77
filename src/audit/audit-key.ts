import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { SecretBox, StoredSecret } from '../security/secret-box.js';
import { CHAIN_START, headSeal } from './audit-chain.js';
import { AuditHead } from './audit-head.entity.js';
import { AuditKey } from './audit-key.entity.js';

const ONLY = 1;
const PLACE = 'audit_key/1';
const KEY_BYTES = 32;

/**
 * Makes the chain's key and head, once, with their tables.
 * @param entries how many are there already, of a chain that cannot be gone on with.
 */
export async function makeAuditKey(
  manager: EntityManager,
  secrets: SecretBox,
  entries = 0,
): Promise<{ key: Buffer; entries: number; lastMac: string }> {
  const key = randomBytes(KEY_BYTES);
  await manager.insert(AuditKey, { id: ONLY, ...sealed(key, secrets) });
  const head = { entries, lastMac: CHAIN_START };
  await manager.insert(AuditHead, {
    id: ONLY,
    ...head,
    seal: headSeal(key, head),
  });
  return { key, ...head };
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
  const key = openAuditKey(stored, secrets);
  if (key !== undefined)
    await manager.update(AuditKey, { id: ONLY }, sealed(key, secrets));
}

/** @returns 32 bytes, or undefined when what is stored has been tampered with or its key is not given. */
export function openAuditKey(
  stored: StoredSecret,
  secrets: SecretBox,
): Buffer | undefined {
  const opened = secrets.open(stored, PLACE);
  if (opened.state !== 'ok') return undefined;
  const key = Buffer.from(opened.secret.reveal(), 'base64url');
  return key.length === KEY_BYTES ? key : undefined;
}

function sealed(key: Buffer, secrets: SecretBox): Omit<AuditKey, 'id'> {
  const { token, kid, mac } = secrets.seal(key.toString('base64url'), PLACE);
  return { token, kid, mac };
}
