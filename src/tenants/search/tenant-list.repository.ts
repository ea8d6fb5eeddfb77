import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { READER } from '../../database/data-source-options.js';
import { PIECE_BYTES, type SizedId } from '../../common/in-pieces.js';
import { TableGateway } from '../../database/table-gateway.js';
import { Tenant } from '../tenant.entity.js';
import { canUseGrams } from './gram-index.js';
import type { Position } from './list-cursor.js';
import {
  ALL_IDS,
  conditionsOf,
  type Fragment,
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

export type ListedTenant = Position & { tenant: Tenant };
export type SizedTenant = Position & SizedId;

/** A page as it is in one moment: its tenants or, where they have more than `PIECE_BYTES` together, only which they are. */
export type FoundPage = { listed: ListedTenant[] } | { sized: SizedTenant[] };

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
  readonly #rowWithoutPrompt: string;
  readonly #bytes: string;

  constructor(
    @InjectRepository(Tenant, READER)
    private readonly tenants: Repository<Tenant>,
  ) {
    this.#table = new TableGateway(tenants);
    this.#row = this.#table.json('tenant');
    this.#rowWithoutPrompt = this.#table.json('tenant', ['systemPrompt']);
    this.#bytes = this.#table.bytes('tenant');
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

  async findPage(selection: ListSelection, page: ListPage): Promise<FoundPage> {
    const { sql, params, order } = await this.#idsOf(selection, page);
    const rows = await this.tenants.query<{ listed: string }[]>(
      `WITH page AS (${sql}), sized AS MATERIALIZED (
         SELECT page.id AS id, value, ${this.#bytes} AS bytes
         FROM page CROSS JOIN tenants tenant ON tenant.id = page.id)
       SELECT CASE WHEN (SELECT sum(bytes) FROM sized) <= ${PIECE_BYTES}
         THEN json_array(value, ${this.#row}) ELSE json_array(value, sized.id, bytes) END AS listed
       FROM sized CROSS JOIN tenants tenant ON tenant.id = sized.id
       ORDER BY ${order}`,
      params,
    );
    const found = rows.map(({ listed }) => JSON.parse(listed) as Whole | Sized);
    // All rows are of one kind.
    const sized = found.filter((row) => row.length === 3);
    return sized.length > 0
      ? { sized: sized.map(([value, id, bytes]) => ({ value, id, bytes })) }
      : {
          listed: found
            .filter((row) => row.length === 2)
            .map((row) => this.#toListed(row)),
        };
  }

  /** The same without what may be long, and is not shown: prompts are empty. */
  async findPageWithoutPrompts(
    selection: ListSelection,
    page: ListPage,
  ): Promise<ListedTenant[]> {
    const { sql, params, order } = await this.#idsOf(selection, page);
    const rows = await this.tenants.query<{ listed: string }[]>(
      `WITH page AS (${sql})
       SELECT json_array(value, ${this.#rowWithoutPrompt}) AS listed
       FROM page CROSS JOIN tenants tenant ON tenant.id = page.id
       ORDER BY ${order}`,
      params,
    );
    return rows.map(({ listed }) =>
      this.#toListed(JSON.parse(listed) as Whole),
    );
  }

  async #idsOf(
    selection: ListSelection,
    page: ListPage,
  ): Promise<Fragment & { order: string }> {
    const direction = page.descending ? 'DESC' : 'ASC';
    const ids = (await this.#isNearerToTheEnd(selection, page))
      ? pageFromTheEnd(page)
      : pageOf(await this.#pageSource(selection, page.field), selection, page);
    return { ...ids, order: `value ${direction}, tenant.id ${direction}` };
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

  #toListed([value, values]: Whole): ListedTenant {
    const tenant = this.#table.read(values);
    return { tenant, value, id: tenant.id };
  }

  async #number(sql: string, params: unknown[]): Promise<number> {
    const [{ number }] = await this.tenants.query<[{ number: number }]>(
      sql,
      params,
    );
    return number;
  }
}

/** A row's place, with the row as `TableGateway.read` takes it. */
type Whole = [value: string, values: unknown[]];
type Sized = [value: string, id: number, bytes: number];
