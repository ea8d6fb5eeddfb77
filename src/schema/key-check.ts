import { type EntityManager } from 'typeorm';
import { ConfigError } from '../config/config.error.js';
import type { KeyRing } from '../security/key-ring.js';
import { EncryptionKeyCheck } from '../keys/encryption-key-check.entity.js';
import type { DatabaseFacts } from './inspect-database.js';

const CHECK_TEXT = 'sanal-resepsiyonist/key-check/v1';
const ADVICE =
  'Bu veritabanıyla kullanılan anahtarı geri koyun (eski .env dosyası veya yedek).';

/**
 * Refuses keys that do not belong to this database, before anything in it is changed.
 * @throws ConfigError naming the missing keys and how many tenants need each.
 */
export function assertKeysFit(facts: DatabaseFacts, keys: KeyRing): void {
  const missing = facts.keysInUse.filter(({ kid }) => !keys.kids.includes(kid));
  if (missing.length > 0) {
    const list = missing
      .map(({ kid, rows, auditKey }) =>
        rows === 0 && auditKey
          ? `${kid} (denetim kaydı)`
          : `${kid} (${rows} müşteri)`,
      )
      .join(', ');
    throw refusal(`veritabanındaki kayıtların anahtarı eksik: ${list}`);
  }
  const met = facts.keyChecks.filter(({ kid }) => keys.kids.includes(kid));
  if (facts.keyChecks.length > 0 && met.length === 0) {
    throw refusal(
      `bu veritabanı başka bir anahtarla kullanılmış: ${facts.keyChecks.map(({ kid }) => kid).join(', ')}`,
    );
  }
  if (
    met.some(
      ({ checkValue }) => keys.decrypt(checkValue)?.plaintext !== CHECK_TEXT,
    )
  ) {
    throw refusal('veritabanındaki denetim değeri bu anahtarla açılmıyor');
  }
  if (
    facts.legacyTokens.length > 0 &&
    !facts.legacyTokens.some((token) => keys.decrypt(token) !== undefined)
  ) {
    throw refusal(
      `veritabanındaki ${facts.legacyTokens.length} müşterinin hiçbirinin anahtarı bu şifreleme anahtarıyla açılmıyor`,
    );
  }
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

function refusal(reason: string): ConfigError {
  return new ConfigError([
    { variable: 'ENCRYPTION_KEY', reason, hint: ADVICE },
  ]);
}
