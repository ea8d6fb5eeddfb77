import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { READER } from '../../database/data-source-options.js';
import { TableGateway } from '../../database/table-gateway.js';
import { Tenant } from '../tenant.entity.js';
import { canUseGrams } from './gram-index.js';
import type { Position } from './list-cursor.js';
import {
  ALL_IDS,
  conditionsOf,
  isPlain,
  type ListPage,
  type ListSelection,
  MATCHED,
  matched,
  pageFromTheEnd,
  pageOf,
  SEARCH_ROWS,
  type Source,
  where,
} from './list-sql.js';
import type { SortField } from './tenant-filter.js';

export interface ListedTenant {
  tenant: Tenant;
  position: Position;
}

/**
 * More matches than these are not sorted: the rows are gone through in their order until the page is full of matches,
 * which come the sooner the more there are.
 */
const FEW_MATCHES = 3_000;

/** From here on it pays to ask which end is nearer. */
const MANY_LEFT_OUT = 1_000;

/** Finds tenants by the narrow rows of `tenant_search`; its indexes give every order and filter without sorting. */
@Injectable()
export class TenantListRepository {
  readonly #table: TableGateway<Tenant>;
  readonly #row: string;

  constructor(
    @InjectRepository(Tenant, READER)
    private readonly tenants: Repository<Tenant>,
  ) {
    this.#table = new TableGateway(tenants);
    this.#row = this.#table.json('tenant');
  }

  async count(selection: ListSelection): Promise<number> {
    const { needle, status, onlyId } = selection;
    if (needle === '' && onlyId === undefined)
      return status === undefined
        ? this.#number('SELECT count(*) AS number FROM tenants', [])
        : this.#number(
            'SELECT coalesce(sum(tenants), 0) AS number FROM tenant_counts WHERE status = ?',
            [status],
          );
    const source = canUseGrams(needle) ? matched(selection) : SEARCH_ROWS;
    const { sql, params } = where(conditionsOf(selection, source));
    return this.#number(
      `SELECT count(*) AS number FROM ${source.from} ${sql}`,
      params,
    );
  }

  async findPage(
    selection: ListSelection,
    page: ListPage,
  ): Promise<ListedTenant[]> {
    const { field, descending } = page;
    const { sql, params } = (await this.#isNearerToTheEnd(selection, page))
      ? pageFromTheEnd(page)
      : pageOf(await this.#pageSource(selection, field), selection, page);
    const direction = descending ? 'DESC' : 'ASC';
    const rows = await this.tenants.query<{ listed: string }[]>(
      `WITH page AS (${sql})
       SELECT json_array(value, ${this.#row}) AS listed
       FROM page CROSS JOIN tenants tenant ON tenant.id = page.id
       ORDER BY value ${direction}, page.id ${direction}`,
      params,
    );
    return rows.map(({ listed }) => this.#toListed(listed));
  }

  /** Every row that is left out is passed all the same. */
  async #isNearerToTheEnd(
    selection: ListSelection,
    { field, after, skip }: ListPage,
  ): Promise<boolean> {
    if (skip < MANY_LEFT_OUT || after !== undefined) return false;
    if (!isPlain(selection, field) || selection.onlyId !== undefined)
      return false;
    return skip > (await this.count(selection)) / 2;
  }

  async #pageSource(
    selection: ListSelection,
    field: SortField,
  ): Promise<Source> {
    if (isPlain(selection, field)) return ALL_IDS;
    if (!canUseGrams(selection.needle)) return SEARCH_ROWS;
    if (field === 'id') return matched(selection);
    return (await this.#hasFewMatches(selection)) ? MATCHED : SEARCH_ROWS;
  }

  async #hasFewMatches(selection: ListSelection): Promise<boolean> {
    const { from } = matched(selection);
    const { sql, params } = where(conditionsOf(selection, matched(selection)));
    const counted = await this.#number(
      `SELECT count(*) AS number FROM (SELECT 1 FROM ${from} ${sql} LIMIT ?)`,
      [...params, FEW_MATCHES + 1],
    );
    return counted <= FEW_MATCHES;
  }

  #toListed(listed: string): ListedTenant {
    const [value, values] = JSON.parse(listed) as [string, unknown[]];
    const tenant = this.#table.read(values);
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
