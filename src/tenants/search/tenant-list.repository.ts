import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { READER } from '../../database/data-source-options.js';
import { canUseGrams, FROM_MATCHES, MATCHES, toPhrase } from './gram-index.js';
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

const COLUMNS: Record<SortField, string> = {
  id: 's.tenant_id',
  username: 's.username_sort',
  business_name: 's.business_name_sort',
  created_at: 's.created_at',
  updated_at: 's.updated_at',
};

/** The table itself is read slowly where prompts are long, its index of ids is not. */
const ALL_IDS =
  '(SELECT id AS tenant_id FROM tenants INDEXED BY ix_tenants_id) s';

/** More matches than these are passed in sorted order until the page is full, because sorting them takes longer. */
const FEW_MATCHES = 10_000;

interface Condition {
  sql: string;
  params: unknown[];
}

/** Finds ids in the narrow rows of `tenant_search`; its indexes give every order and filter without sorting. */
@Injectable()
export class TenantListRepository {
  constructor(@InjectDataSource(READER) private readonly reader: DataSource) {}

  async count(selection: ListSelection): Promise<number> {
    const { needle, status, onlyId } = selection;
    if (needle === '' && onlyId === undefined)
      return status === undefined
        ? this.#number('SELECT count(*) AS number FROM tenants', [])
        : this.#number(
            'SELECT coalesce(sum(tenants), 0) AS number FROM tenant_counts WHERE status = ?',
            [status],
          );
    const { from, where } = source(
      selection,
      canUseGrams(needle) ? FROM_MATCHES : 'tenant_search s',
    );
    return this.#number(
      `SELECT count(*) AS number FROM ${from} ${whereClause(where)}`,
      where.flatMap(({ params }) => params),
    );
  }

  /** @param total how many rows the selection has. */
  async findPage(
    selection: ListSelection,
    { field, descending, after, skip, limit }: ListPage,
    total: number,
  ): Promise<Position[]> {
    const few = canUseGrams(selection.needle) && total <= FEW_MATCHES;
    const { from, where } = source(
      selection,
      few
        ? FROM_MATCHES
        : isPlain(selection, field)
          ? ALL_IDS
          : 'tenant_search s',
    );
    const column = COLUMNS[field];
    if (after !== undefined) where.push(behind(field, descending, after));
    const direction = descending ? 'DESC' : 'ASC';
    const order =
      field === 'id'
        ? `${column} ${direction}`
        : `${column} ${direction}, s.tenant_id ${direction}`;
    return this.reader.query<Position[]>(
      `SELECT s.tenant_id AS id, ${field === 'id' ? "''" : column} AS value FROM ${from} ${whereClause(where)} ORDER BY ${order} LIMIT ? OFFSET ?`,
      [...where.flatMap(({ params }) => params), limit, skip],
    );
  }

  async #number(sql: string, params: unknown[]): Promise<number> {
    const [{ number }] = await this.reader.query<[{ number: number }]>(
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

function source(
  { needle, status, onlyId }: ListSelection,
  table: string,
): { from: string; where: Condition[] } {
  const byGrams = table === FROM_MATCHES;
  const where: Condition[] = [];
  if (byGrams) where.push({ sql: MATCHES, params: [toPhrase(needle)] });
  else if (needle !== '')
    where.push({ sql: 'instr(s.search_text, ?) > 0', params: [needle] });
  if (status !== undefined)
    where.push({ sql: 's.status = ?', params: [status] });
  if (onlyId !== undefined)
    where.push({ sql: 's.tenant_id = ?', params: [onlyId] });
  return { from: table, where };
}

function behind(
  field: SortField,
  descending: boolean,
  { value, id }: Position,
): Condition {
  const sign = descending ? '<' : '>';
  return field === 'id'
    ? { sql: `s.tenant_id ${sign} ?`, params: [id] }
    : {
        sql: `(${COLUMNS[field]}, s.tenant_id) ${sign} (?, ?)`,
        params: [value, id],
      };
}

function whereClause(conditions: readonly Condition[]): string {
  return conditions.length === 0
    ? ''
    : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
}
