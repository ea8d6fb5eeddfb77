import sqlite3 from 'sqlite3';
import { type DataSource, type Driver, QueryFailedError } from 'typeorm';
import { PreparingDatabase } from './prepared-statements.js';

const OLDEST_SQLITE = [3, 51, 3] as const;

/**
 * The driver as TypeORM gets it. TypeORM turns on sqlite3's verbose mode, which slows every call to remember its caller;
 * this one refuses.
 */
export const sqliteDriver = {
  Database: PreparingDatabase,
  verbose: () => sqliteDriver,
};

export const READ_ONLY = sqlite3.OPEN_READONLY;
export const READ_WRITE = sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE;

const CONNECTION_PRAGMAS = [
  // TypeORM turns it on. The old application never did, and tables of others that refer to tenants rely on that (ADR 21).
  'foreign_keys = OFF',
  'synchronous = FULL',
  'secure_delete = ON',
  'trusted_schema = OFF',
  'cache_size = -16000',
  // A root file system may be read-only, and then nothing can be written without a place for temporary files.
  'temp_store = MEMORY',
];

/**
 * Sets what a connection needs to be durable and safe, and asserts it: these are promises, not hopes.
 * @throws Error when SQLite is too old (corruption fixes up to 3.51.3 are needed) or does not take a setting.
 */
export async function hardenSqlite(source: DataSource): Promise<DataSource> {
  for (const pragma of CONNECTION_PRAGMAS)
    await source.query(`PRAGMA ${pragma}`);
  const [{ version }] = await source.query<[{ version: string }]>(
    'SELECT sqlite_version() AS version',
  );
  if (isOlder(version))
    throw new Error(
      `SQLite ${version} is too old: ${OLDEST_SQLITE.join('.')} or newer is needed`,
    );
  const [{ synchronous }] =
    await source.query<[{ synchronous: number }]>('PRAGMA synchronous');
  if (synchronous !== 2)
    throw new Error('SQLite does not run with synchronous=FULL');
  // Opens the write-ahead log, too.
  await source.query('SELECT 1 FROM sqlite_master LIMIT 1');
  return source;
}

/**
 * Runs statements that give no rows, all in one go: a way to SQLite's thread and back costs more than the small ones.
 * @throws QueryFailedError
 */
export function execute(
  { driver }: DataSource,
  statements: string,
): Promise<void> {
  // TypeORM's own type of it is `any`.
  const { databaseConnection } = driver as Driver & {
    databaseConnection: sqlite3.Database;
  };
  return new Promise((resolve, reject) => {
    databaseConnection.exec(statements, (error) =>
      error === null
        ? resolve()
        : reject(new QueryFailedError(statements, undefined, error)),
    );
  });
}

/** SQLite's primary result code (https://www.sqlite.org/rescode.html) of a driver error, if it is one. */
export function sqliteErrorCode(error: unknown): string | undefined {
  if (
    !(error instanceof Error) ||
    !('code' in error) ||
    typeof error.code !== 'string'
  )
    return undefined;
  return error.code.startsWith('SQLITE_') ? error.code : undefined;
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number);
  const differing = OLDEST_SQLITE.findIndex(
    (part, index) => part !== parts[index],
  );
  return (
    differing >= 0 && (parts[differing] ?? 0) < (OLDEST_SQLITE[differing] ?? 0)
  );
}
