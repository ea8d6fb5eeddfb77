import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { READER } from '../../database/data-source-options.js';
import { EntityReader } from '../../database/entity-reader.js';
import { Tenant } from '../tenant.entity.js';
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
import type { TenantStatus } from '../tenant-status.js';

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

export interface ListedTenant {
  tenant: Tenant;
  position: Position;
}

const SORT_COLUMNS: Record<Exclude<SortField, 'id'>, string> = {
  username: 's.username_sort',
  business_name: 's.business_name_sort',
  created_at: 's.created_at',
  updated_at: 's.updated_at',
};

/**
 * Every row of `tenants` is in the counts, one by one for each status, but for those that wait to be brought up to date.
 * Counting the rows themselves takes longer than giving a page of them.
 */
const COUNT_ALL =
  'SELECT CASE WHEN EXISTS (SELECT 1 FROM tenant_search_queue) THEN (SELECT count(*) FROM tenants) ELSE (SELECT coalesce(sum(tenants), 0) FROM tenant_counts) END AS number';

interface Condition {
  sql: string;
  params: unknown[];
}

/**
 * More matches than these are not sorted: the rows are gone through in their order until the page is full of matches,
 * which come the sooner the more there are.
 */
const FEW_MATCHES = 3_000;

/** The rows that a selection may be in. */
interface Source {
  from: string;
  id: string;
}

const SEARCH_ROWS: Source = { from: 'tenant_search s', id: 's.tenant_id' };
const MATCHED: Source = { from: MATCHED_ROWS, id: MATCHED_ID };
const MATCHED_ALONE: Source = { from: MATCHED_IDS, id: MATCHED_ID };
/** The table itself is read slowly where prompts are long, its index of ids is not. */
const ALL_IDS: Source = { from: 'tenants INDEXED BY ix_tenants_id', id: 'id' };

interface Condition {
  sql: string;
  params: unknown[];
}

/** Finds tenants by the narrow rows of `tenant_search`; its indexes give every order and filter without sorting. */
@Injectable()
export class TenantListRepository {
  readonly #reader: EntityReader<Tenant>;

  constructor(
    @InjectRepository(Tenant, READER)
    private readonly tenants: Repository<Tenant>,
  ) {
    this.#reader = new EntityReader(tenants);
  }

  async count(selection: ListSelection): Promise<number> {
    const { needle, status, onlyId } = selection;
    if (needle === '' && onlyId === undefined)
      return status === undefined
        ? this.#number(COUNT_ALL, [])
        : this.#number(
            'SELECT coalesce(sum(tenants), 0) AS number FROM tenant_counts WHERE status = ?',
            [status],
          );
    const source = canUseGrams(needle) ? matched(selection) : SEARCH_ROWS;
    const where = conditionsOf(selection, source);
    return this.#number(
      `SELECT count(*) AS number FROM ${source.from} ${whereClause(where)}`,
      where.flatMap(({ params }) => params),
    );
  }

  /** @param total how many rows the selection has. */
  async findPage(
    selection: ListSelection,
    page: ListPage,
    total: number,
  ): Promise<ListedTenant[]> {
    const { field, descending, after, skip, limit } = page;
    const source = pageSource(selection, field, total);
    const where = conditionsOf(selection, source);
    if (after !== undefined) where.push(behind(page, after, source));
    const direction = descending ? 'DESC' : 'ASC';
    const value = field === 'id' ? "''" : SORT_COLUMNS[field];
    const order = field === 'id' ? '' : `value ${direction}, `;
    const rows = await this.tenants.query<{ listed: string }[]>(
      `WITH page AS (
         SELECT ${source.id} AS id, ${value} AS value FROM ${source.from} ${whereClause(where)}
         ORDER BY ${order}${source.id} ${direction} LIMIT ? OFFSET ?
       )
       SELECT json_array(value, ${this.#reader.json('tenant')}) AS listed
       FROM page CROSS JOIN tenants tenant ON tenant.id = page.id
       ORDER BY ${order}page.id ${direction}`,
      [...where.flatMap(({ params }) => params), limit, skip],
    );
    return rows.map(({ listed }) => this.#toListed(listed));
  }

  #toListed(listed: string): ListedTenant {
    const [value, values] = JSON.parse(listed) as [string, unknown[]];
    const tenant = this.#reader.read(values);
    return { tenant, position: { value, id: tenant.id } };
  }

  async #number(sql: string, params: unknown[]): Promise<number> {
    const [{ number }] = await this.tenants.query<[{ number: number }]>(
      sql,
      params,
    );
    return number;
  }
}

/** Whether `tenants` itself answers, whose rows are never out of date. */
export function isPlain(
  { needle, status }: ListSelection,
  field: SortField,
): boolean {
  return needle === '' && status === undefined && field === 'id';
}

function pageSource(
  selection: ListSelection,
  field: SortField,
  total: number,
): Source {
  if (isPlain(selection, field)) return ALL_IDS;
  if (!canUseGrams(selection.needle)) return SEARCH_ROWS;
  if (field === 'id') return matched(selection);
  return total <= FEW_MATCHES ? MATCHED : SEARCH_ROWS;
}

/** In order of id; what else is asked of the rows has to be looked up. */
function matched({ status }: ListSelection): Source {
  return status === undefined ? MATCHED_ALONE : MATCHED;
}

function conditionsOf(
  { needle, status, onlyId }: ListSelection,
  { id }: Source,
): Condition[] {
  const where: Condition[] = [];
  if (id === MATCHED_ID)
    where.push({ sql: MATCHES, params: [toPhrase(needle)] });
  else if (needle !== '')
    where.push({ sql: 'instr(s.search_text, ?) > 0', params: [needle] });
  if (status !== undefined)
    where.push({ sql: 's.status = ?', params: [status] });
  if (onlyId !== undefined) where.push({ sql: `${id} = ?`, params: [onlyId] });
  return where;
}

function behind(
  { field, descending }: ListPage,
  { value, id }: Position,
  source: Source,
): Condition {
  const sign = descending ? '<' : '>';
  return field === 'id'
    ? { sql: `${source.id} ${sign} ?`, params: [id] }
    : {
        sql: `(${SORT_COLUMNS[field]}, ${source.id}) ${sign} (?, ?)`,
        params: [value, id],
      };
}

function whereClause(conditions: readonly Condition[]): string {
  return conditions.length === 0
    ? ''
    : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
}
