import type { EntityManager } from 'typeorm';
import { collationKey } from '../../common/turkish/collation-key.js';
import { foldForSearch } from '../../common/turkish/fold-for-search.js';
import { indexTexts, unindexTexts } from './gram-index.js';

type Stored = string | number | Buffer | null;

/** SQLite takes values of any type in any column, and so did the old application. */
interface ListedTenant {
  id: number;
  username: Stored;
  business_name: Stored;
  status: Stored;
  created_at: Stored;
  updated_at: Stored;
}

const COLUMNS =
  'tenant_id, search_text, username_sort, business_name_sort, status, created_at, updated_at';

/** Makes the rows of these tenants in `tenant_search` what their rows in `tenants` say; those that are gone lose theirs. */
export async function bringUpToDate(
  manager: EntityManager,
  ids: readonly number[],
): Promise<void> {
  const tenants = await manager.query<ListedTenant[]>(
    `SELECT id, username, business_name, status, created_at, updated_at FROM tenants WHERE id IN (${places(ids)})`,
    [...ids],
  );
  const rows = tenants.map(toSearchRow);
  await updateGrams(manager, ids, rows);
  await manager.query(
    `DELETE FROM tenant_search WHERE tenant_id IN (${places(ids)})`,
    [...ids],
  );
  if (rows.length > 0)
    await manager.query(
      `INSERT INTO tenant_search (${COLUMNS}) VALUES ${rows.map((row) => `(${places(row)})`).join(', ')}`,
      rows.flat(),
    );
}

type SearchRow = [id: number, searchText: string, ...others: string[]];

/** In the order of COLUMNS. */
function toSearchRow(tenant: ListedTenant): SearchRow {
  const username = textOf(tenant.username);
  const businessName = textOf(tenant.business_name);
  return [
    tenant.id,
    // Neither part has a line end when folded, so that nothing is found across the two.
    `${foldForSearch(username)}\n${foldForSearch(businessName)}`,
    collationKey(username),
    collationKey(businessName),
    textOf(tenant.status),
    textOf(tenant.created_at),
    textOf(tenant.updated_at),
  ];
}

/** Most updates change no name. */
async function updateGrams(
  manager: EntityManager,
  ids: readonly number[],
  rows: readonly SearchRow[],
): Promise<void> {
  const indexed = await manager.query<{ id: number; text: string }[]>(
    `SELECT tenant_id AS id, search_text AS text FROM tenant_search WHERE tenant_id IN (${places(ids)})`,
    [...ids],
  );
  const before = new Map(indexed.map(({ id, text }) => [id, text]));
  const after = new Map(rows.map(([id, text]) => [id, text]));
  const stale = [...before].filter(([id, text]) => after.get(id) !== text);
  const fresh = [...after].filter(([id, text]) => before.get(id) !== text);
  await unindexTexts(
    manager,
    stale.map(([id]) => id),
  );
  await indexTexts(manager, fresh);
}

function textOf(value: Stored): string {
  return value === null ? '' : value.toString();
}

function places(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
