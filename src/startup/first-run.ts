import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { ConfigError } from '../config/config.error.js';
import { parseDatabaseUrl } from '../config/database-url.js';
import {
  envFilePath,
  readEnvironment,
  writeEnvFile,
} from '../config/env-file.js';
import { Env } from '../config/env.dto.js';
import type { RawEnv } from '../config/load-config.js';
import { inspectDatabase } from '../database/inspect-database.js';
import { generateEncryptionKey } from '../security/generate-encryption-key.js';
import type { Report } from './report.js';

/**
 * The environment; on the first run outside production the secrets that it lacks are made and written to `.env`.
 * An existing `.env` is never changed.
 * @throws ConfigError when a key would be made for a database that already needs another.
 */
export async function prepareEnvironment(report: Report): Promise<RawEnv> {
  const env = readEnvironment();
  if (env.NODE_ENV === 'production' || existsSync(envFilePath())) return env;
  const secrets: Record<string, string> = {};
  if (!env.ENCRYPTION_KEY && !env.ENCRYPTION_KEY_FILE) {
    await assertNoKeyNeeded(env.DATABASE_URL);
    secrets.ENCRYPTION_KEY = generateEncryptionKey();
  }
  if (!env.SECRET_KEY) secrets.SECRET_KEY = randomBytes(32).toString('hex');
  if (Object.keys(secrets).length === 0) return env;
  return { ...env, ...writeOnce(secrets, report) };
}

/** Another process may be starting in the same folder: whoever writes first has made the keys. */
function writeOnce(secrets: Record<string, string>, report: Report): RawEnv {
  try {
    report(
      `${writeEnvFile(secrets)} yazıldı: ${Object.keys(secrets).join(', ')} üretildi. Bu dosyayı yedekleyin.`,
    );
    return secrets;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'EEXIST') return readEnvironment();
    throw new ConfigError([
      { variable: '.env', reason: 'bu klasöre yazılamıyor' },
    ]);
  }
}

async function assertNoKeyNeeded(
  databaseUrl: string | undefined,
): Promise<void> {
  const facts = await inspectDatabase({
    database: databaseOf(databaseUrl || new Env().DATABASE_URL),
  });
  if (facts.keyChecks.length === 0 && facts.legacyTokens.length === 0) return;
  throw new ConfigError([
    {
      variable: 'ENCRYPTION_KEY',
      reason:
        'eksik, ama veritabanı şifrelenmiş anahtarlar içeriyor; yeni bir anahtar onları açamaz',
      hint: 'Bu veritabanıyla kullanılan .env dosyasını geri koyun ya da ENCRYPTION_KEY değişkenini verin.',
    },
  ]);
}

function databaseOf(url: string): ReturnType<typeof parseDatabaseUrl> {
  try {
    return parseDatabaseUrl(url);
  } catch (error) {
    throw new ConfigError([
      {
        variable: 'DATABASE_URL',
        reason: error instanceof Error ? error.message : 'geçersiz',
      },
    ]);
  }
}
