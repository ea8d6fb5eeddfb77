import { type EntityManager } from 'typeorm';
import type { KeyRing } from '../security/key-ring.js';
import { EncryptionKeyCheck } from './encryption-key-check.entity.js';

/** What a check value is the encryption of. */
const CHECK_TEXT = 'sanal-resepsiyonist/key-check/v1';

/** Whether a stored check value is that of a key of this ring. */
export function isCheckValue(checkValue: string, keys: KeyRing): boolean {
  return keys.decrypt(checkValue)?.plaintext === CHECK_TEXT;
}

/**
 * Remembers a key that rows are bound under, so that it is missed when it is taken away.
 * Behind the others: the newest check value is that of the key which is encrypted with.
 */
export async function recordKeyCheck(
  manager: EntityManager,
  keys: KeyRing,
): Promise<void> {
  if (await manager.existsBy(EncryptionKeyCheck, { kid: keys.primaryKid }))
    return;
  const newest = await newestCheck(manager);
  await insertCheck(
    manager,
    keys,
    newest === null ? Date.now() : timeOf(newest) - 1,
  );
}

/**
 * Remembers the key that a server or a rotation encrypts with from now on: the next start can tell a wrong one even when there
 * is no tenant yet, and commands can tell which key was put to use last.
 */
export async function recordEncryptingKey(
  manager: EntityManager,
  keys: KeyRing,
): Promise<void> {
  const newest = await newestCheck(manager);
  const kid = keys.primaryKid;
  if (newest?.kid === kid) return;
  // Newest in any case: the clock may have been put back.
  const at =
    newest === null ? Date.now() : Math.max(Date.now(), timeOf(newest) + 1);
  if (await manager.existsBy(EncryptionKeyCheck, { kid }))
    await manager.update(
      EncryptionKeyCheck,
      { kid },
      { createdAt: new Date(at) },
    );
  else await insertCheck(manager, keys, at);
}

function insertCheck(
  manager: EntityManager,
  keys: KeyRing,
  at: number,
): Promise<unknown> {
  return manager.insert(EncryptionKeyCheck, {
    kid: keys.primaryKid,
    checkValue: keys.encrypt(CHECK_TEXT),
    createdAt: new Date(at),
  });
}

async function newestCheck(
  manager: EntityManager,
): Promise<EncryptionKeyCheck | null> {
  const [newest] = await manager.find(EncryptionKeyCheck, {
    order: { createdAt: 'DESC' },
    take: 1,
  });
  return newest ?? null;
}

/** Of a date that has been damaged, too. */
function timeOf({ createdAt }: EncryptionKeyCheck): number {
  return (createdAt as Date | null)?.getTime() ?? Date.now();
}
