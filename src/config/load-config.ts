import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { AppConfig } from './app-config.js';
import { ConfigError, type ConfigFault } from './config.error.js';
import { parseDatabaseUrl } from './database-url.js';
import { parseEncryptionKeys } from './encryption-keys.js';
import { Env } from './env.dto.js';
import { parseRoles } from './role.js';
import { readSecretFile } from './secret-file.js';

export type RawEnv = Record<string, string | undefined>;

export const MAKE_ENCRYPTION_KEY =
  'Yeni bir anahtar üretmek için: node dist/cli.js keys generate';
export const MAKE_SECRET_KEY = `Yeni bir değer üretmek için: node -p "require('crypto').randomBytes(32).toString('hex')"`;

/** A quarter to half a second for each hash on the machines of 2026. */
const HASH_COST = 12;

/** Taken as it stands, it would name another database, or a new one. */
const NOT_FILLED_IN = {
  reason: 'içinde yerine değer konmamış bir ${…} var',
  hint: 'Değeri açık yazın; ${AD} yalnızca .env dosyasında, adı bilinen değişkenler için doldurulur.',
};

/**
 * Turns environment variables into the configuration.
 * @param raw the environment merged with `.env`; an empty variable counts as missing.
 * @throws ConfigError that lists every fault at once, by name and reason, never by value.
 */
export function loadConfig(raw: RawEnv): AppConfig {
  const faults: ConfigFault[] = [];
  const given = present(raw);
  for (const [variable, value] of Object.entries(given))
    if (value?.includes('${')) faults.push({ variable, ...NOT_FILLED_IN });
  const values = withKeyFromFile(given, faults);
  const env = plainToInstance(Env, values, { exposeDefaultValues: true });
  const known = new Set(faults.map(({ variable }) => variable));
  for (const { property, constraints, value } of validateSync(env)) {
    if (
      known.has(property) ||
      (property === 'ENCRYPTION_KEY' && known.has('ENCRYPTION_KEY_FILE'))
    )
      continue;
    const [reason = 'geçersiz'] = Object.values(constraints ?? {});
    faults.push({
      variable: property,
      reason,
      hint: hintFor(property, value),
    });
  }
  if (
    env.SECRET_KEY &&
    env.ENCRYPTION_KEY?.includes(env.SECRET_KEY) &&
    !faults.some(({ variable }) => variable === 'SECRET_KEY')
  ) {
    faults.push({
      variable: 'SECRET_KEY',
      reason: 'ENCRYPTION_KEY ile aynı olamaz',
      hint: MAKE_SECRET_KEY,
    });
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return toAppConfig(env);
}

/** A wrong encryption key is to be corrected; a new one would not open what it has encrypted. */
function hintFor(variable: string, value: unknown): string | undefined {
  if (variable === 'SECRET_KEY') return MAKE_SECRET_KEY;
  return variable === 'ENCRYPTION_KEY' && value === undefined
    ? MAKE_ENCRYPTION_KEY
    : undefined;
}

function toAppConfig(env: Env): AppConfig {
  return new AppConfig({
    appName: env.APP_NAME,
    database: parseDatabaseUrl(env.DATABASE_URL),
    encryptionKeys: parseEncryptionKeys(env.ENCRYPTION_KEY),
    secretKey: env.SECRET_KEY,
    host: env.HOST,
    port: Number(env.PORT),
    publicUrl: new URL(env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).origin,
    trustedProxyHops: Number(env.TRUST_PROXY),
    apiRequestsPerMinute: Number(env.API_RATE_LIMIT),
    logLevel: env.LOG_LEVEL,
    defaultLocale: env.DEFAULT_LOCALE,
    firstAdmin: {
      username: env.ADMIN_USERNAME.toLowerCase(),
      passwordFile: env.ADMIN_PASSWORD_FILE,
    },
    production: env.NODE_ENV === 'production',
    roles: parseRoles(env.ROLES),
    hashCost: HASH_COST,
  });
}

/** Only this service's variables, and only those that hold something. */
function present(raw: RawEnv): RawEnv {
  const names = [
    ...Object.keys(new Env()),
    'ENCRYPTION_KEY',
    'ENCRYPTION_KEY_FILE',
    'SECRET_KEY',
    'PUBLIC_URL',
    'ADMIN_PASSWORD_FILE',
  ];
  return Object.fromEntries(
    names.filter((name) => raw[name]).map((name) => [name, raw[name]]),
  );
}

function withKeyFromFile(values: RawEnv, faults: ConfigFault[]): RawEnv {
  const file = values.ENCRYPTION_KEY_FILE;
  if (file === undefined) return values;
  if (values.ENCRYPTION_KEY !== undefined) {
    faults.push({
      variable: 'ENCRYPTION_KEY_FILE',
      reason: 'ENCRYPTION_KEY ile birlikte verilemez; yalnızca birini kullanın',
    });
    return values;
  }
  try {
    return { ...values, ENCRYPTION_KEY: readSecretFile(file) };
  } catch (error) {
    faults.push({
      variable: 'ENCRYPTION_KEY_FILE',
      reason: error instanceof Error ? error.message : 'okunamadı',
    });
    return values;
  }
}
