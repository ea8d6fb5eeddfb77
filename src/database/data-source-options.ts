import type { DataSourceOptions, MigrationInterface } from 'typeorm';
import type { AppConfig } from '../config/app-config.js';
import { READ_ONLY, READ_WRITE, sqliteDriver } from './sqlite/sqlite.js';

/** The writer owns every write and transaction; the reader cannot write and never sees what is not committed. */
export type ConnectionRole = 'writer' | 'reader';

/** What a database holds: `src/schema` puts it together, because this folder knows no feature. */
export interface Schema {
  entities: readonly Class[];
  /** Oldest first. */
  migrations: readonly Class<MigrationInterface>[];
}

type Class<T extends object = object> = new () => T;

/** Name of the reader's data source in dependency injection. */
export const READER = 'reader';

const BUSY_TIMEOUT_MS = 5_000;

/**
 * The one place that knows database dialects: serves the application, the CLI, the migrations and the tests.
 * Null and undefined in a `where` throw, because TypeORM otherwise drops the condition and gives the first row.
 */
export function dataSourceOptions(
  config: Pick<AppConfig, 'database'>,
  role: ConnectionRole,
  { entities, migrations }: Schema,
): DataSourceOptions {
  return {
    name: role === 'writer' ? 'default' : READER,
    type: 'sqlite',
    driver: sqliteDriver,
    database: config.database.path,
    flags: role === 'writer' ? READ_WRITE : READ_ONLY,
    busyTimeout: BUSY_TIMEOUT_MS,
    entities: [...entities],
    migrations: role === 'writer' ? [...migrations] : [],
    migrationsTableName: 'migrations',
    migrationsRun: false,
    synchronize: false,
    logging: false,
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
  };
}
