import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../database/data-source-options.js';
import { SCHEMA } from '../schema.js';
import { driverErrorCode } from '../../database/query-errors.js';
import { extendBin } from './extra-columns-in-bin.js';
import type { DatabaseFault } from './faults.js';
import { rebuildTable } from './rebuild-table.js';

/** In the order in which they can be made. */
const KINDS = ['table', 'index', 'view', 'trigger'];

/**
 * Does the whole adoption in memory, with the schema of the old table and none of its rows: what SQLite does not take
 * there, it would not take in earnest, when the operator could only be shown SQLite's own words.
 */
export async function rehearse(
  old: Pick<DataSource, 'query'>,
): Promise<DatabaseFault[]> {
  const source = await new DataSource(
    dataSourceOptions(
      { database: { type: 'sqlite', path: ':memory:' } },
      'writer',
      SCHEMA,
    ),
  ).initialize();
  try {
    await source.query('PRAGMA legacy_alter_table = ON');
    for (const statement of await schemaOf(old)) await source.query(statement);
    const { statements } = await rebuildTable(source);
    await source.runMigrations({ transaction: 'none' });
    await extendBin(source);
    for (const statement of statements) await source.query(statement);
    return [];
  } catch (error) {
    if (!(error instanceof Error) || driverErrorCode(error) === undefined)
      throw error;
    return [
      {
        reason: `tenants tablosu bu sürüme taşınamıyor: ${error.message}`,
        hint: 'Adı geçen sütunu, dizini, tetikleyiciyi ya da görünümü düzeltin ya da kaldırın ve yeniden başlatın.',
      },
    ];
  } finally {
    await source.destroy();
  }
}

/** What belongs to the table, and the views, which may speak of it. */
async function schemaOf(old: Pick<DataSource, 'query'>): Promise<string[]> {
  const things = await old.query<{ type: string; sql: string }[]>(
    `SELECT type, sql FROM sqlite_master
     WHERE sql IS NOT NULL AND (type = 'view' OR lower(tbl_name) = 'tenants') ORDER BY rowid`,
  );
  return things
    .toSorted(
      (one, other) => KINDS.indexOf(one.type) - KINDS.indexOf(other.type),
    )
    .map(({ sql }) => sql);
}
