import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../database/data-source-options.js';
import { SCHEMA } from '../schema.js';
import { type DatabaseFault, listed } from './faults.js';

/** The old table and what belongs to it. */
const REPLACED = `name = 'tenants' COLLATE NOCASE OR name IN ('ix_tenants_username', 'ix_tenants_id')`;

/**
 * Tables, views, indexes and triggers of somebody else's that have a name which this application needs: `admins`, or the
 * `migrations` of another tool. The names are those that our migrations make, so that none can be forgotten here.
 */
export async function faultsOfNames(
  source: Pick<DataSource, 'query'>,
): Promise<DatabaseFault[]> {
  const names = await namesOfOurs();
  const taken = await source.query<{ name: string; type: string }[]>(
    `SELECT name, type FROM sqlite_master
     WHERE lower(name) IN (SELECT value FROM json_each(?))
       AND NOT (type IN ('table', 'index') AND (${REPLACED})) ORDER BY name`,
    [JSON.stringify(names)],
  );
  if (taken.length === 0) return [];
  const list = taken.map(({ name, type }) => `${name} (${type})`);
  return [
    {
      reason: `veritabanında bu uygulamanın kullandığı adları taşıyan başka nesneler var: ${listed(list)}`,
      hint: 'Adlarını değiştirin ya da bu uygulamaya kendi veritabanı dosyasını verin.',
    },
  ];
}

async function namesOfOurs(): Promise<string[]> {
  const source = await new DataSource(
    dataSourceOptions(
      { database: { type: 'sqlite', path: ':memory:' } },
      'writer',
      SCHEMA,
    ),
  ).initialize();
  try {
    await source.runMigrations({ transaction: 'none' });
    const rows = await source.query<{ name: string }[]>(
      "SELECT lower(name) AS name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    );
    return [...rows.map(({ name }) => name), SET_ASIDE];
  } finally {
    await source.destroy();
  }
}

/** What the old table is called while it is rebuilt. */
export const SET_ASIDE = 'adopted_tenants';
