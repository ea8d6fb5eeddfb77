import { existsSync, statSync } from 'node:fs';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { AppConfig } from '../config/app-config.js';
import { ConfigError } from '../config/config.error.js';
import { dataSourceOptions, MIGRATIONS } from './data-source-options.js';
import { countKeyUse, type KeyUse, neededUses } from '../keys/key-use.js';
import { READ_ONLY, READ_WRITE, sqliteErrorCode } from './sqlite.js';

/** `legacy`: written by the old application and not adopted yet. */
export type DatabaseKind = 'new' | 'legacy' | 'ours';

/** What a database holds, read without changing it. */
export interface DatabaseFacts {
  kind: DatabaseKind;
  keyChecks: { kid: string; checkValue: string }[];
  /** What needs which key. */
  keysInUse: KeyUse[];
  /** Every encrypted value of a legacy database. */
  legacyTokens: string[];
  admins: number;
}

const LEGACY_COLUMNS = new Set([
  'id',
  'username',
  'password_hash',
  'business_name',
  'openai_api_key',
  'system_prompt',
  'created_at',
  'updated_at',
]);
const EMPTY: DatabaseFacts = {
  kind: 'new',
  keyChecks: [],
  keysInUse: [],
  legacyTokens: [],
  admins: 0,
};

/**
 * Reads what is needed to refuse a wrong database or key before anything is changed.
 * @throws ConfigError when the file is no SQLite database, damaged, of a newer version, or holds a table that is not ours.
 */
export async function inspectDatabase(
  config: Pick<AppConfig, 'database'>,
): Promise<DatabaseFacts> {
  if (!(statSync(config.database.path, { throwIfNoEntry: false })?.size ?? 0))
    return EMPTY;
  try {
    return await withReader(config, readFacts);
  } catch (error) {
    throw asConfigError(error);
  }
}

async function withReader<T>(
  config: Pick<AppConfig, 'database'>,
  read: (source: DataSource) => Promise<T>,
): Promise<T> {
  const options = {
    ...dataSourceOptions(config, 'reader'),
    // In WAL mode a read-only connection cannot clear away the -wal and -shm that it makes. Where a log was left
    // behind, only a read-only one does not fold it into the file.
    flags: existsSync(`${config.database.path}-wal`) ? READ_ONLY : READ_WRITE,
  } as DataSourceOptions;
  try {
    return await using(new DataSource(options), read);
  } catch (error) {
    // A journal left by a crash must be rolled back before anything can be read, and a read-only connection may not.
    if (
      !['SQLITE_CANTOPEN', 'SQLITE_READONLY'].includes(
        driverErrorCode(error) ?? '',
      )
    )
      throw error;
    return using(
      new DataSource({ ...options, flags: READ_WRITE } as typeof options),
      read,
    );
  }
}

async function using<T>(
  source: DataSource,
  read: (source: DataSource) => Promise<T>,
): Promise<T> {
  await source.initialize();
  try {
    return await read(source);
  } finally {
    await source.destroy();
  }
}

async function readFacts(source: DataSource): Promise<DatabaseFacts> {
  const rows = await source.query<{ name: string }[]>(
    "SELECT name FROM sqlite_master WHERE type = 'table'",
  );
  const tables = new Set(rows.map(({ name }) => name));
  const applied = tables.has('migrations')
    ? await source.query<{ name: string }[]>('SELECT name FROM migrations')
    : [];
  assertKnownMigrations(applied.map(({ name }) => name));
  if (applied.length > 0) return readOurs(source, tables);
  return tables.has('tenants') ? readLegacy(source) : EMPTY;
}

async function readOurs(
  source: DataSource,
  tables: ReadonlySet<string>,
): Promise<DatabaseFacts> {
  const [{ admins }] = tables.has('admins')
    ? await source.query<[{ admins: number }]>(
        'SELECT count(*) AS admins FROM admins',
      )
    : [{ admins: 0 }];
  const keyChecks = tables.has('encryption_key_checks')
    ? await source.query<DatabaseFacts['keyChecks']>(
        'SELECT kid, CAST(check_value AS TEXT) AS checkValue FROM encryption_key_checks',
      )
    : [];
  const { uses } = await countKeyUse(source.manager, (table) =>
    tables.has(table),
  );
  return {
    kind: 'ours',
    keyChecks,
    keysInUse: neededUses(
      uses,
      keyChecks.map(({ kid }) => kid),
    ),
    legacyTokens: [],
    admins,
  };
}

async function readLegacy(source: DataSource): Promise<DatabaseFacts> {
  const columns = await source.query<{ name: string }[]>(
    'PRAGMA table_info(tenants)',
  );
  const names = new Set(columns.map(({ name }) => name));
  if (
    names.size !== LEGACY_COLUMNS.size ||
    columns.some(({ name }) => !LEGACY_COLUMNS.has(name))
  ) {
    throw databaseFault(
      'tenants tablosunun sütunları beklenenden farklı; bu veritabanı devralınamaz',
    );
  }
  const rows = await source.query<{ token: string }[]>(
    "SELECT CAST(openai_api_key AS TEXT) AS token FROM tenants WHERE openai_api_key <> ''",
  );
  return {
    ...EMPTY,
    kind: 'legacy',
    legacyTokens: rows.map(({ token }) => token),
  };
}

function assertKnownMigrations(applied: readonly string[]): void {
  const known = new Set<string>(MIGRATIONS.map(({ name }) => name));
  if (applied.some((name) => !known.has(name))) {
    throw databaseFault(
      'veritabanı bu uygulamanın daha yeni bir sürümüyle yazılmış; o sürümü çalıştırın ya da yedeği geri koyun',
    );
  }
}

function asConfigError(error: unknown): unknown {
  switch (driverErrorCode(error)) {
    case 'SQLITE_NOTADB':
      return databaseFault('dosya bir SQLite veritabanı değil');
    case 'SQLITE_CORRUPT':
      return databaseFault('veritabanı dosyası bozuk; yedeği geri koyun');
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_PERM':
      return databaseFault(
        'veritabanı dosyası açılamıyor; dosya izinlerini denetleyin',
      );
    default:
      return error;
  }
}

function driverErrorCode(error: unknown): string | undefined {
  const cause: unknown =
    error instanceof Error && 'driverError' in error
      ? error.driverError
      : error;
  return sqliteErrorCode(cause);
}

function databaseFault(reason: string): ConfigError {
  return new ConfigError([{ variable: 'DATABASE_URL', reason }]);
}
