import type { TenantStatus } from '../tenant-status.js';
import {
  canUseGrams,
  MATCHED_ID,
  MATCHED_IDS,
  MATCHED_ROWS,
  MATCHES,
  toPhrase,
} from './gram-index.js';
import type { Position } from './list-cursor.js';
import type { SortField } from './tenant-filter.js';

/** Which rows; the needle is folded, and empty for all. */
export interface ListSelection {
  needle: string;
  status?: TenantStatus;
  onlyId?: number;
}

export interface ListPage {
  field: SortField;
  descending: boolean;
  after?: Position;
  skip: number;
  limit: number;
}

const SORT_COLUMNS: Record<Exclude<SortField, 'id'>, string> = {
  username: 's.username_sort',
  business_name: 's.business_name_sort',
  created_at: 's.created_at',
  updated_at: 's.updated_at',
};

/** The rows that a selection may be in. */
export interface Source {
  from: string;
  id: string;
}

export const SEARCH_ROWS: Source = {
  from: 'tenant_search s',
  id: 's.tenant_id',
};
export const MATCHED: Source = { from: MATCHED_ROWS, id: MATCHED_ID };
const MATCHED_ALONE: Source = { from: MATCHED_IDS, id: MATCHED_ID };
/** The table itself is read slowly where prompts are long, its index of ids is not. */
export const ALL_IDS: Source = {
  from: 'tenants INDEXED BY ix_tenants_id',
  id: 'id',
};

/** How many rows. SQLite plans a query anew for each call where the parameter stands alone, which takes half as long as a list. */
export const LIMIT = 'LIMIT ? + 0';

/** SQL with its parameters. */
export interface Fragment {
  sql: string;
  params: unknown[];
}

/** Whether `tenants` itself answers, whose rows are never out of date. */
export function isPlain(
  { needle, status }: ListSelection,
  field: SortField,
): boolean {
  return needle === '' && status === undefined && field === 'id';
}

/** In order of id; what else is asked of the rows has to be looked up. */
export function matched({ status }: ListSelection): Source {
  return status === undefined ? MATCHED_ALONE : MATCHED;
}

export function conditionsOf(
  { needle, status, onlyId }: ListSelection,
  { id }: Source,
): Fragment[] {
  const found: Fragment[] = [];
  if (id === MATCHED_ID)
    found.push({ sql: MATCHES, params: [toPhrase(needle)] });
  else if (needle !== '')
    found.push({ sql: 'instr(s.search_text, ?) > 0', params: [needle] });
  if (status !== undefined)
    found.push({ sql: 's.status = ?', params: [status] });
  if (onlyId !== undefined) found.push({ sql: `${id} = ?`, params: [onlyId] });
  return found;
}

function behind(
  { field, descending }: ListPage,
  { value, id }: Position,
  source: Source,
): Fragment {
  const sign = descending ? '<' : '>';
  return field === 'id'
    ? { sql: `${source.id} ${sign} ?`, params: [id] }
    : {
        sql: `(${SORT_COLUMNS[field]}, ${source.id}) ${sign} (?, ?)`,
        params: [value, id],
      };
}

export function where(conditions: readonly Fragment[]): Fragment {
  return {
    sql:
      conditions.length === 0
        ? ''
        : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
    params: conditions.flatMap(({ params }) => params),
  };
}

/** How many there are on all pages. */
export function countOf(selection: ListSelection): Fragment {
  const { needle, status, onlyId } = selection;
  if (needle === '' && onlyId === undefined)
    return status === undefined
      ? { sql: 'SELECT count(*) AS number FROM tenants', params: [] }
      : {
          sql: 'SELECT coalesce(sum(tenants), 0) AS number FROM tenant_counts WHERE status = ?',
          params: [status],
        };
  const source = canUseGrams(needle) ? matched(selection) : SEARCH_ROWS;
  const { sql, params } = where(conditionsOf(selection, source));
  return {
    sql: `SELECT count(*) AS number FROM ${source.from} ${sql}`,
    params,
  };
}

/** Ids and sorted values of a page. */
export function pageOf(
  source: Source,
  selection: ListSelection,
  page: ListPage,
): Fragment {
  const { field, descending, after, skip, limit } = page;
  const conditions = conditionsOf(selection, source);
  if (after !== undefined) conditions.push(behind(page, after, source));
  const { sql, params } = where(conditions);
  const direction = descending ? 'DESC' : 'ASC';
  const [value, order] =
    field === 'id' ? ["''", ''] : [SORT_COLUMNS[field], `value ${direction}, `];
  return {
    sql: `SELECT ${source.id} AS id, ${value} AS value FROM ${source.from} ${sql} ORDER BY ${order}${source.id} ${direction} ${LIMIT} OFFSET ?`,
    params: [...params, limit, skip],
  };
}

/** The same page of all tenants in order of id, reached from the other end. */
export function pageFromTheEnd({
  descending,
  skip,
  limit,
}: ListPage): Fragment {
  const { from } = ALL_IDS;
  const left = `((SELECT count(*) FROM ${from}) - ?)`;
  return {
    sql: `SELECT id, '' AS value FROM ${from} ORDER BY id ${descending ? 'ASC' : 'DESC'} LIMIT max(0, min(?, ${left})) OFFSET max(0, ${left} - ?)`,
    params: [limit, skip, skip, limit],
  };
}
