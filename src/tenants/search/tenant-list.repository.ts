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

/** Null for what another program has deleted since it was indexed: its place is needed all the same, to go on from. */
export type ListedTenant = Position & { tenant: Tenant | null };
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

  constructor(
    @InjectRepository(Tenant, READER)
    private readonly tenants: Repository<Tenant>,
  ) {
    this.#table = new TableGateway(tenants);
    this.#row = this.#table.json('tenant');
    this.#rowWithoutPrompt = this.#table.json('tenant', ['systemPrompt']);
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
      `WITH page AS (${sql})
       SELECT CASE WHEN (SELECT total(${this.#table.bytes('t')}) FROM page CROSS JOIN tenants t ON t.id = page.id) <= ${PIECE_BYTES}
         THEN json_array(value, page.id, ${this.#row})
         ELSE json_array(value, page.id, ${this.#table.bytes('tenant')}) END AS listed
       FROM page LEFT JOIN tenants tenant ON tenant.id = page.id
       ORDER BY ${order}`,
      params,
    );
    // All rows are of one kind.
    const found = rows.map(({ listed }) => JSON.parse(listed) as Whole) as
      Whole[] | Sized[];
    return areWhole(found)
      ? { listed: found.map((row) => this.#toListed(row)) }
      : { sized: found.map(([value, id, bytes]) => ({ value, id, bytes })) };
  }

  /** The same without what may be long, and is not shown: prompts are empty. */
  async findPageWithoutPrompts(
    selection: ListSelection,
    page: ListPage,
  ): Promise<ListedTenant[]> {
    const { sql, params, order } = await this.#idsOf(selection, page);
    const rows = await this.tenants.query<{ listed: string }[]>(
      `WITH page AS (${sql})
       SELECT json_array(value, page.id, ${this.#rowWithoutPrompt}) AS listed
       FROM page LEFT JOIN tenants tenant ON tenant.id = page.id
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
    return { ...ids, order: `value ${direction}, page.id ${direction}` };
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

  #toListed([value, id, values]: Whole): ListedTenant {
    const isThere = values[0] !== null;
    return { value, id, tenant: isThere ? this.#table.read(values) : null };
  }

  async #number(sql: string, params: unknown[]): Promise<number> {
    const [{ number }] = await this.tenants.query<[{ number: number }]>(
      sql,
      params,
    );
    return number;
  }
}

/** A row's place, with the row as `TableGateway.read` takes it; all its values are null where there is none any more. */
type Whole = [value: string, id: number, values: unknown[]];
type Sized = [value: string, id: number, bytes: number];

function areWhole(rows: Whole[] | Sized[]): rows is Whole[] {
  return rows.length === 0 || Array.isArray(rows[0]?.[2]);
}
