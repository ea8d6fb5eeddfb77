import { existsSync, statSync } from 'node:fs';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { AppConfig } from '../config/app-config.js';
import { foldUsername } from '../common/validation/credential-fields.js';
import { ConfigError } from '../config/config.error.js';
import { lackingInBin } from './adoption/extra-columns-in-bin.js';
import { dataSourceOptions } from '../database/data-source-options.js';
import { SCHEMA } from './schema.js';
import { countKeyUse, type KeyUse, neededUses } from '../keys/key-use.js';
import { AUDIT_TABLES, isAuditLost } from './lost-audit.js';
import { driverErrorCode } from '../database/query-errors.js';
import { READ_ONLY, READ_WRITE } from '../database/sqlite/sqlite.js';
import { refuseIfAny } from './adoption/faults.js';
import { inspectLegacy } from './adoption/inspect-legacy.js';
import { faultsOfNames } from './adoption/taken-names.js';

/** `legacy`: written by the old application and not adopted yet. */
export type DatabaseKind = 'new' | 'legacy' | 'ours';

/** What a database holds, read without changing it. */
export interface DatabaseFacts {
  kind: DatabaseKind;
  /** Whether there is nothing to migrate. */
  current: boolean;
  /** The one of the key that was put to use last comes first. */
  keyChecks: { kid: string; checkValue: string }[];
  /** What needs which key. */
  keysInUse: KeyUse[];
  /** Every encrypted value of a legacy database. */
  legacyTokens: string[];
  admins: number;
  /** Tenants that have the name of the first admin, where that is still to be made. */
  namesakes: number;
}

type Inspected = Pick<AppConfig, 'database'> &
  Partial<Pick<AppConfig, 'firstAdmin'>>;

const EMPTY: DatabaseFacts = {
  kind: 'new',
  current: false,
  keyChecks: [],
  keysInUse: [],
  legacyTokens: [],
  admins: 0,
  namesakes: 0,
};

/**
 * Reads what is needed to refuse a wrong database or key before anything is changed.
 * @throws ConfigError when the file is no SQLite database, damaged, of a newer version, or holds what cannot be adopted.
 */
export async function inspectDatabase(
  config: Inspected,
): Promise<DatabaseFacts> {
  if (!(statSync(config.database.path, { throwIfNoEntry: false })?.size ?? 0))
    return EMPTY;
  try {
    return await withReader(config, (source) =>
      readFacts(source, config.firstAdmin?.username),
    );
  } catch (error) {
    throw asConfigError(error);
  }
}

async function withReader<T>(
  config: Pick<AppConfig, 'database'>,
  read: (source: DataSource) => Promise<T>,
): Promise<T> {
  const options = {
    ...dataSourceOptions(config, 'reader', SCHEMA),
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

async function readFacts(
  source: DataSource,
  firstAdmin: string | undefined,
): Promise<DatabaseFacts> {
  await source.query('PRAGMA trusted_schema = OFF');
  await source.query('PRAGMA temp_store = MEMORY');
  // All of one moment: another process that starts at the same time may migrate meanwhile.
  await source.query('BEGIN');
  const rows = await source.query<{ name: string }[]>(
    "SELECT lower(name) AS name FROM sqlite_master WHERE type IN ('table', 'view')",
  );
  const tables = new Set(rows.map(({ name }) => name));
  const applied = tables.has('migrations') ? await appliedTo(source) : [];
  assertKnownMigrations(applied);
  if (isAuditLost(applied) && AUDIT_TABLES.some((table) => tables.has(table)))
    throw databaseFault(
      'veritabanına dışarıdan yazılmış: denetim kaydının adımı `migrations` tablosundan silinmiş, tabloları ise duruyor; yedeği geri koyun',
    );
  if (applied.length > 0) {
    const ours = await readOurs(source, tables);
    return {
      ...ours,
      namesakes:
        firstAdmin !== undefined && ours.admins === 0
          ? await countTenantsNamed(source, foldUsername(firstAdmin))
          : 0,
      current:
        applied.length === SCHEMA.migrations.length &&
        (await isInWalMode(source)) &&
        (await lackingInBin(source)).length === 0,
    };
  }
  if (tables.has('tenants'))
    return {
      ...EMPTY,
      kind: 'legacy',
      legacyTokens: await inspectLegacy(source),
    };
  refuseIfAny(await faultsOfNames(source));
  return EMPTY;
}

/** Our migrations that have been applied; none where the table is another tool's. */
async function appliedTo(source: DataSource): Promise<string[]> {
  const columns = await source.query<{ name: string }[]>(
    "SELECT lower(name) AS name FROM pragma_table_info('migrations')",
  );
  const names = new Set(columns.map(({ name }) => name));
  if (!names.has('timestamp') || !names.has('name')) return [];
  const rows = await source.query<{ name: string }[]>(
    'SELECT name FROM migrations',
  );
  const applied = rows.map(({ name }) => name);
  return applied.some((name) => name === SCHEMA.migrations[0]?.name)
    ? applied
    : [];
}

async function readOurs(
  source: DataSource,
  tables: ReadonlySet<string>,
): Promise<Omit<DatabaseFacts, 'current' | 'namesakes'>> {
  const [{ admins }] = tables.has('admins')
    ? await source.query<[{ admins: number }]>(
        'SELECT count(*) AS admins FROM admins',
      )
    : [{ admins: 0 }];
  const keyChecks = tables.has('encryption_key_checks')
    ? await source.query<DatabaseFacts['keyChecks']>(
        'SELECT kid, CAST(check_value AS TEXT) AS checkValue FROM encryption_key_checks ORDER BY created_at DESC',
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

async function countTenantsNamed(
  source: DataSource,
  folded: string,
): Promise<number> {
  const [{ tenants }] = await source.query<[{ tenants: number }]>(
    'SELECT count(*) AS tenants FROM tenants WHERE lower(username) = ?',
    [folded],
  );
  return tenants;
}

/** A copy that a backup has made is not. */
async function isInWalMode(source: DataSource): Promise<boolean> {
  const [{ journal_mode: mode }] = await source.query<
    [{ journal_mode: string }]
  >('PRAGMA journal_mode');
  return mode === 'wal';
}

function assertKnownMigrations(applied: readonly string[]): void {
  const known = new Set<string>(SCHEMA.migrations.map(({ name }) => name));
  if (applied.some((name) => !known.has(name))) {
    throw databaseFault(
      'veritabanı bu uygulamanın daha yeni bir sürümüyle yazılmış; o sürümü çalıştırın ya da yedeği geri koyun',
    );
  }
}

function asConfigError(error: unknown): unknown {
  switch (driverErrorCode(error)) {
    case 'SQLITE_NOTADB':
      return databaseFault(
        'dosya bir SQLite veritabanı değil; doğru dosyayı gösterin ya da yedeği geri koyun',
      );
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

function databaseFault(reason: string): ConfigError {
  return new ConfigError([{ variable: 'DATABASE_URL', reason }]);
}
