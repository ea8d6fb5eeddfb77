import type { EntityManager } from 'typeorm';
import { Breather } from '../../common/breather.js';
import { collationKey } from '../../common/turkish/collation-key.js';
import { foldForSearch } from '../../common/turkish/fold-for-search.js';
import { indexTexts, unindexTexts } from './gram-index.js';

type Stored = string | number | Buffer | null;

/** SQLite takes values of any type in any column, and so did the old application. */
interface TenantFields {
  id: number;
  username: Stored;
  business_name: Stored;
  status: Stored;
  created_at: Stored;
  updated_at: Stored;
}

const COLUMNS = [
  'search_text',
  'username_sort',
  'business_name_sort',
  'status',
  'created_at',
  'updated_at',
] as const;

/** Ids as one value, so that the statement is the same for any number of them. */
const LISTED = '(SELECT value FROM json_each(?))';

type Column = (typeof COLUMNS)[number];
type SearchRow = Record<Column, string> & { id: number };

/** Makes the rows of these tenants in `tenant_search` what their rows in `tenants` say; those that are gone lose theirs. */
export async function bringUpToDate(
  manager: EntityManager,
  ids: readonly number[],
): Promise<void> {
  const tenants = await manager.query<TenantFields[]>(
    `SELECT id, username, business_name, status, created_at, updated_at FROM tenants WHERE id IN ${LISTED}`,
    [JSON.stringify(ids)],
  );
  const rows: SearchRow[] = [];
  const breather = new Breather();
  for (const tenant of tenants) {
    rows.push(toSearchRow(tenant));
    // The old application has put no limit to a name.
    await breather.pause();
  }
  const indexed = await manager.query<SearchRow[]>(
    `SELECT tenant_id AS id, ${COLUMNS.join(', ')} FROM tenant_search WHERE tenant_id IN ${LISTED}`,
    [JSON.stringify(ids)],
  );
  await updateGrams(manager, indexed, rows);
  await removeGone(manager, indexed, rows);
  await insertNew(manager, indexed, rows);
  await updateChanged(manager, indexed, rows);
}

function toSearchRow(tenant: TenantFields): SearchRow {
  const username = textOf(tenant.username);
  const businessName = textOf(tenant.business_name);
  return {
    id: tenant.id,
    // Neither part has a line end when folded, so that nothing is found across the two.
    search_text: `${foldForSearch(username)}\n${foldForSearch(businessName)}`,
    username_sort: collationKey(username),
    business_name_sort: collationKey(businessName),
    status: textOf(tenant.status),
    created_at: textOf(tenant.created_at),
    updated_at: textOf(tenant.updated_at),
  };
}

/** Most updates change no name. */
async function updateGrams(
  manager: EntityManager,
  indexed: readonly SearchRow[],
  rows: readonly SearchRow[],
): Promise<void> {
  const before = textsById(indexed);
  const after = textsById(rows);
  const stale = [...before].filter(([id, text]) => after.get(id) !== text);
  const fresh = [...after].filter(([id, text]) => before.get(id) !== text);
  await unindexTexts(
    manager,
    stale.map(([id]) => id),
  );
  await indexTexts(manager, fresh);
}

async function removeGone(
  manager: EntityManager,
  indexed: readonly SearchRow[],
  rows: readonly SearchRow[],
): Promise<void> {
  const there = new Set(rows.map(({ id }) => id));
  const gone = indexed.map(({ id }) => id).filter((id) => !there.has(id));
  if (gone.length > 0)
    await manager.query(
      `DELETE FROM tenant_search WHERE tenant_id IN ${LISTED}`,
      [JSON.stringify(gone)],
    );
}

async function insertNew(
  manager: EntityManager,
  indexed: readonly SearchRow[],
  rows: readonly SearchRow[],
): Promise<void> {
  const known = new Set(indexed.map(({ id }) => id));
  const fresh = rows.filter(({ id }) => !known.has(id));
  if (fresh.length > 0)
    await manager.query(
      `INSERT INTO tenant_search (tenant_id, ${COLUMNS.join(', ')}) VALUES ${table(fresh, COLUMNS)}`,
      valuesOf(fresh, COLUMNS),
    );
}

/** Writes the columns that have changed and no others: each is in two indexes. */
async function updateChanged(
  manager: EntityManager,
  indexed: readonly SearchRow[],
  rows: readonly SearchRow[],
): Promise<void> {
  const after = new Map(rows.map((row) => [row.id, row]));
  const byColumns = new Map<string, { columns: Column[]; rows: SearchRow[] }>();
  for (const before of indexed) {
    const row = after.get(before.id);
    if (row === undefined) continue;
    const columns = COLUMNS.filter((name) => before[name] !== row[name]);
    const key = columns.join();
    const same = byColumns.get(key);
    if (same === undefined) byColumns.set(key, { columns, rows: [row] });
    else same.rows.push(row);
  }
  byColumns.delete('');
  // No upsert: in SQLite that would take the place of `OR IGNORE` in the triggers of this table.
  for (const { columns, rows: changed } of byColumns.values())
    await manager.query(
      `UPDATE tenant_search SET ${columns.map((name, index) => `${name} = v.column${index + 2}`).join(', ')}
       FROM (VALUES ${table(changed, columns)}) AS v WHERE tenant_id = v.column1`,
      valuesOf(changed, columns),
    );
}

/** Placeholders of the ids and these columns. */
function table(rows: readonly SearchRow[], columns: readonly Column[]): string {
  return rows.map(() => `(?, ${places(columns)})`).join(', ');
}

function valuesOf(
  rows: readonly SearchRow[],
  columns: readonly Column[],
): (string | number)[] {
  return rows.flatMap((row) => [row.id, ...columns.map((name) => row[name])]);
}

function textsById(rows: readonly SearchRow[]): Map<number, string> {
  return new Map(rows.map(({ id, search_text }) => [id, search_text]));
}

function textOf(value: Stored): string {
  return value === null ? '' : value.toString();
}

function places(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
