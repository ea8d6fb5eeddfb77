import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { AppConfig } from '../config/app-config.js';
import { FileExistsError } from '../common/new-file.js';
import { ConfigError, type ConfigFault } from '../config/config.error.js';
import {
  envFilePath,
  readEnvironment,
  writeEnvFile,
} from '../config/env-file.js';
import { loadConfig, type RawEnv } from '../config/load-config.js';
import { generateEncryptionKey } from '../security/generate-encryption-key.js';
import type { Report } from './report.js';
import { assertNoOldDatabase } from './signs-of-old-database.js';

const KEY_MISSING: ConfigFault = {
  variable: 'ENCRYPTION_KEY',
  reason:
    'eksik, ama veritabanı şifrelenmiş anahtarlar içeriyor; yeni bir anahtar onları açamaz',
  hint: 'Bu veritabanıyla kullanılan .env dosyasını geri koyun ya da ENCRYPTION_KEY değişkenini verin.',
};

/**
 * The environment; on the first run outside production the secrets that it lacks are made and written to `.env`.
 * An existing `.env` is never changed.
 * @throws ConfigError when a key would be made for a database that already needs another.
 */
export async function prepareEnvironment(report: Report): Promise<RawEnv> {
  // Looked for before it is read: another process may write it in between, and what it wrote has to be seen.
  const firstRun = !existsSync(envFilePath());
  const env = readEnvironment();
  const secrets = makeMissingSecrets(env);
  if (Object.keys(secrets).length === 0) return env;
  if (env.NODE_ENV === 'production' || !firstRun) {
    if (secrets.ENCRYPTION_KEY !== undefined)
      await assertNoKeyIsLost(env, secrets);
    return env;
  }
  // Nothing is written for a configuration that cannot start.
  const config = loadConfig({ ...env, ...secrets });
  await assertNoOldDatabase(config.database.path);
  if (secrets.ENCRYPTION_KEY !== undefined && (await needsItsKey(config))) {
    if (existsSync(envFilePath())) return readEnvironment();
    throw new ConfigError([KEY_MISSING]);
  }
  return { ...env, ...writeOnce(secrets, report) };
}

function makeMissingSecrets(env: RawEnv): Record<string, string> {
  const secrets: Record<string, string> = {};
  if (!env.ENCRYPTION_KEY && !env.ENCRYPTION_KEY_FILE)
    secrets.ENCRYPTION_KEY = generateEncryptionKey();
  if (!env.SECRET_KEY) secrets.SECRET_KEY = randomBytes(32).toString('hex');
  return secrets;
}

/** Where a database needs its key, "make a new one" would be the wrong advice. */
async function assertNoKeyIsLost(env: RawEnv, made: RawEnv): Promise<void> {
  let config: AppConfig;
  try {
    config = loadConfig({ ...env, ...made });
  } catch {
    // More is wrong, and whoever loads it next tells all of it.
    return;
  }
  if (!(await needsItsKey(config))) return;
  throw new ConfigError([
    KEY_MISSING,
    ...faultsOf({ ...env, ENCRYPTION_KEY: made.ENCRYPTION_KEY }),
  ]);
}

function faultsOf(env: RawEnv): readonly ConfigFault[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

/** Another process may be starting in the same folder: whoever writes first has made the keys. */
function writeOnce(secrets: Record<string, string>, report: Report): RawEnv {
  try {
    report(
      `${writeEnvFile(secrets)} yazıldı: ${Object.keys(secrets).join(', ')} üretildi. Bu dosyayı yedekleyin.`,
    );
    return secrets;
  } catch (error) {
    const taken = error instanceof FileExistsError;
    if (taken && existsSync(envFilePath())) return readEnvironment();
    throw new ConfigError([
      taken
        ? {
            variable: '.env',
            reason: 'var olmayan bir dosyaya giden bir bağlantı',
            hint: 'Bağlantıyı düzeltin ya da silin.',
          }
        : {
            variable: '.env',
            reason: 'bu klasöre yazılamıyor',
            hint: `Klasöre yazma izni verin ya da bu değişkenleri ortamda verin: ${Object.keys(secrets).join(', ')}`,
          },
    ]);
  }
}

/** Whether the database has been used with a key, which a new one cannot stand in for. */
async function needsItsKey(config: AppConfig): Promise<boolean> {
  const { inspectDatabase } = await import('../schema/inspect-database.js');
  const { keyChecks, legacyTokens } = await inspectDatabase(config);
  return keyChecks.length > 0 || legacyTokens.length > 0;
}
