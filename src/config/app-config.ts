import type { Locale } from '../common/i18n/locale.js';
import type { SqliteDatabase } from './database-url.js';
import type { Env } from './env.dto.js';
import type { Role } from './role.js';

/** The validated configuration, typed and ready to use. Injected by this class. */
export class AppConfig {
  readonly appName: string;
  readonly database: SqliteDatabase;
  /** 32-byte Fernet keys; the first encrypts, all decrypt. */
  readonly encryptionKeys: readonly Buffer[];
  readonly secretKey: string;
  readonly host: string;
  readonly port: number;
  /** Origin without a trailing slash, as browsers use it. */
  readonly publicUrl: string;
  readonly trustedProxyHops: number;
  /** Per token; 0 means no limit. */
  readonly apiRequestsPerMinute: number;
  readonly logLevel: Env['LOG_LEVEL'];
  readonly defaultLocale: Locale;
  readonly firstAdmin: {
    readonly username: string;
    readonly passwordFile?: string;
  };
  readonly production: boolean;
  /** bcrypt's work factor. No variable lowers it; tests do. */
  readonly hashCost: number;
  /** What this process does; at least one. */
  readonly roles: readonly Role[];

  constructor(values: AppConfig) {
    Object.assign(this, values);
  }
}
