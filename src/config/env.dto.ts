import { Transform } from 'class-transformer';
import { IsIn, IsOptional } from 'class-validator';
import { LOCALES, type Locale } from '../common/i18n/locale.js';
import { Check } from './check.decorator.js';
import { parseDatabaseUrl } from './database-url.js';
import { parseEncryptionKeys } from './encryption-keys.js';
import { parseRoles, ROLES } from './role.js';
import {
  checkAdminUsername,
  checkAppName,
  checkHost,
  checkPublicUrl,
  checkSecretKey,
  wholeNumber,
} from './rules.js';

export const LOG_LEVELS = [
  'fatal',
  'error',
  'warn',
  'info',
  'debug',
  'trace',
  'silent',
] as const;

/**
 * The environment as the operator writes it: one field per variable, each with its default and its rule.
 * `.env.example` documents the same names; a spec compares the two.
 * Variables of the old application that are not here (`DEBUG`, `ALGORITHM`, …) are ignored.
 */
export class Env {
  /** Name shown in the dashboard, 1 to 60 characters. */
  @Check(checkAppName)
  APP_NAME = 'Sanal Resepsiyonist';

  /** Where the data is: `sqlite:///relative/path.db` or `sqlite:////absolute/path.db`. */
  @Check(parseDatabaseUrl)
  DATABASE_URL = 'sqlite:///./randevu_asistani.db';

  /** One or more Fernet keys, comma separated: the first encrypts, all decrypt. */
  @Check(parseEncryptionKeys)
  ENCRYPTION_KEY: string;

  /** File that holds ENCRYPTION_KEY, instead of the variable itself. Read by `loadConfig`. */
  ENCRYPTION_KEY_FILE?: string;

  /** Signs sessions and CSRF tokens, at least 32 characters, not the encryption key. */
  @Check(checkSecretKey)
  SECRET_KEY: string;

  /** Address or host name to listen on. */
  @Check(checkHost)
  HOST = '127.0.0.1';

  /** TCP port to listen on, 1 to 65535. */
  @Check(wholeNumber(1, 65_535))
  PORT = '3000';

  /** Origin that browsers use; `https://` turns Secure cookies and HSTS on. Default: `http://localhost:PORT`. */
  @IsOptional()
  @Check(checkPublicUrl)
  PUBLIC_URL?: string;

  /** Number of trusted reverse-proxy hops, 0 to 10. */
  @Check(wholeNumber(0, 10))
  TRUST_PROXY = '0';

  /** Requests per minute and API token; 0 means no limit. */
  @Check(wholeNumber(0, 1_000_000))
  API_RATE_LIMIT = '0';

  /** Least severe level that is logged. */
  @Transform(({ value }: { value: string }) => value.toLowerCase())
  @IsIn(LOG_LEVELS, {
    message: `şunlardan biri olmalı: ${LOG_LEVELS.join(', ')}`,
  })
  LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'info';

  /** Language for whoever states none. */
  @IsIn(LOCALES, { message: `şunlardan biri olmalı: ${LOCALES.join(', ')}` })
  DEFAULT_LOCALE: Locale = 'tr';

  /** Name of the first admin; honoured together with ADMIN_PASSWORD_FILE while there is no admin. */
  @Check(checkAdminUsername)
  ADMIN_USERNAME = 'admin';

  /** File that holds the first admin's password; honoured while there is no admin. */
  ADMIN_PASSWORD_FILE?: string;

  /** What this process does: some of `web`, `receptionist`, `worker`, comma separated. */
  @Check(parseRoles)
  ROLES = ROLES.join(',');

  /** `production` never generates a key, an admin or a file. */
  NODE_ENV = 'development';
}
