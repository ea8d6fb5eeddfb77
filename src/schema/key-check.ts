import { ConfigError } from '../config/config.error.js';
import type { KeyRing } from '../security/key-ring.js';
import { isCheckValue } from '../keys/key-checks.js';
import type { DatabaseFacts } from './inspect-database.js';

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
  if (met.some(({ checkValue }) => !isCheckValue(checkValue, keys))) {
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

function refusal(reason: string): ConfigError {
  return new ConfigError([
    { variable: 'ENCRYPTION_KEY', reason, hint: ADVICE },
  ]);
}
