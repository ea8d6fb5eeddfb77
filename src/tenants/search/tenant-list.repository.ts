import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { READER } from '../../database/data-source-options.js';
import type { SizedId } from '../../common/in-pieces.js';
import { TableGateway } from '../../database/table-gateway.js';
import { Tenant } from '../tenant.entity.js';
import { canUseGrams } from './gram-index.js';
import type { Position } from './list-cursor.js';
import {
  ALL_IDS,
  conditionsOf,
  countOf,
  type Fragment,
  isPlain,
  LIMIT,
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
import {
  toWrittenPage,
  type WrittenPage,
  writtenPage,
  type WrittenPageRow,
} from './written-page.js';

/** Null for what another program has deleted since it was indexed: its place is needed all the same, to go on from. */
export type ListedTenant = Position & { tenant: Tenant | null };
export type SizedTenant = Position & SizedId;

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
  readonly #rowWithoutPrompt: string;

  constructor(
    @InjectRepository(Tenant, READER)
    private readonly tenants: Repository<Tenant>,
  ) {
    this.#table = new TableGateway(tenants);
    this.#rowWithoutPrompt = this.#table.json('tenant', ['systemPrompt']);
  }

  count(selection: ListSelection): Promise<number> {
    return this.#number(countOf(selection));
  }

  /** @returns undefined where the page is too large to be held. */
  async findWrittenPage(
    selection: ListSelection,
    page: ListPage,
  ): Promise<WrittenPage | undefined> {
    const { order, ...ids } = await this.#idsOf(selection, page);
    const bytes = this.#table.bytes('t');
    const count = countOf(selection);
    const { sql, params } = writtenPage({ ids, order, bytes, count }, page);
    const [found] = await this.tenants.query<[WrittenPageRow]>(sql, params);
    return toWrittenPage(found);
  }

  /** Which tenants the page has, and how large they are. */
  async findSizedPage(
    selection: ListSelection,
    page: ListPage,
  ): Promise<SizedTenant[]> {
    const { sql, params, order } = await this.#idsOf(selection, page);
    const [{ rows }] = await this.tenants.query<[{ rows: string }]>(
      `WITH page AS (${sql})
       SELECT json_group_array(json_object('value', value, 'id', id, 'bytes', bytes)) AS rows
       FROM (SELECT value, page.id, ${this.#table.bytes('t')} AS bytes FROM page LEFT JOIN tenants t ON t.id = page.id
         ORDER BY ${order})`,
      params,
    );
    return JSON.parse(rows) as SizedTenant[];
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
      this.#toListed(JSON.parse(listed) as Listed),
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
    const counted = await this.#number({
      sql: `SELECT count(*) AS number FROM (SELECT 1 FROM ${from} ${sql} ${LIMIT})`,
      params: [...params, FEW_MATCHES + 1],
    });
    return counted <= FEW_MATCHES;
  }

  #toListed([value, id, values]: Listed): ListedTenant {
    const isThere = values[0] !== null;
    return { value, id, tenant: isThere ? this.#table.read(values) : null };
  }

  async #number({ sql, params }: Fragment): Promise<number> {
    const [{ number }] = await this.tenants.query<[{ number: number }]>(
      sql,
      params,
    );
    return number;
  }
}

/** A row's place, with the row as `TableGateway.read` takes it; all its values are null where there is none any more. */
type Listed = [value: string, id: number, values: unknown[]];
