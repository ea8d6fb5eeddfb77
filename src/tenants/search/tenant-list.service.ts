import { Injectable } from '@nestjs/common';
import type { Pieces } from '../../common/in-pieces.js';
import { foldForSearch } from '../../common/turkish/fold-for-search.js';
import { CryptoService } from '../../security/crypto.service.js';
import type { TenantResponseDto } from '../dto/tenant-response.dto.js';
import { presentTenant } from '../present-tenant.js';
import { checkedJson } from '../tenant-json.js';
import { TenantReader } from '../tenant-reader.js';
import { decodeCursor, encodeCursor, type Position } from './list-cursor.js';
import {
  DEFAULT_SORT,
  type SortField,
  type TenantFilter,
  type TenantSort,
} from './tenant-filter.js';
import { TenantIndex } from './tenant-index.js';
import { isPlain, type ListPage, type ListSelection } from './list-sql.js';
import {
  type ListedTenant,
  TenantListRepository,
} from './tenant-list.repository.js';

interface ListQuery {
  selection: ListSelection;
  page: ListPage;
}

/** What lists of tenants show of each. */
export type BriefTenant = Omit<TenantResponseDto, 'system_prompt'>;

export interface TenantList<Tenants> {
  tenants: Tenants;
  /** Of all pages. */
  total: number;
  /** `after` of the next page; undefined when this is the last. */
  next?: string;
}

/** Finds tenants for the API and the dashboard alike. */
@Injectable()
export class TenantListService {
  constructor(
    private readonly index: TenantIndex,
    private readonly lists: TenantListRepository,
    private readonly reader: TenantReader,
    private readonly crypto: CryptoService,
  ) {}

  /**
   * As JSON arrays. Which tenants there are, and in which order, is of one moment. Where they are too large to be held together, or
   * the database cannot write them, each is as it stands when its turn comes, and one that has been deleted by then is left out.
   * @throws ValidationFailedError when `after` is no cursor of this sort.
   */
  async listJson(filter: TenantFilter): Promise<TenantList<Pieces<Buffer>>> {
    const query = await this.#prepare(filter);
    const page = await this.lists.findWrittenPage(query.selection, query.page);
    const first = page && checkedJson(page, this.crypto);
    if (page !== undefined && first !== undefined)
      return {
        tenants: { first },
        total: page.total,
        next: page.last && encodeCursor(filter.sort ?? DEFAULT_SORT, page.last),
      };
    const { rows, ...list } = await this.#sized(filter, query);
    return { ...list, tenants: await this.reader.readJson(rows) };
  }

  /** The same as rows, each as it stands when its turn comes. */
  async list(
    filter: TenantFilter,
  ): Promise<TenantList<Pieces<TenantResponseDto[]>>> {
    const { rows, ...list } = await this.#sized(
      filter,
      await this.#prepare(filter),
    );
    return { ...list, tenants: await this.reader.read(rows) };
  }

  /** The same without prompts, which may be long. */
  async brief(filter: TenantFilter): Promise<TenantList<BriefTenant[]>> {
    const query = await this.#prepare(filter);
    const { rows, ...list } = await this.#cut(
      filter,
      query,
      await this.lists.findPageWithoutPrompts(query.selection, query.page),
    );
    return { ...list, tenants: this.#present(rows) };
  }

  /** Which tenants the page has, and how large they are. */
  async #sized(filter: TenantFilter, query: ListQuery) {
    return this.#cut(
      filter,
      query,
      await this.lists.findSizedPage(query.selection, query.page),
    );
  }

  async #prepare(filter: TenantFilter): Promise<ListQuery> {
    const { sort = DEFAULT_SORT, onlyId, status } = filter;
    const needle = foldForSearch(filter.search ?? '').trim();
    const page = toPage(sort, filter);
    const selection = { needle, status, onlyId };
    if (!isPlain(selection, page.field)) await this.index.ready();
    return { selection, page };
  }

  /** @param found one more than is wanted, if there is one: it tells whether there is a next page. */
  async #cut<Row extends Position>(
    { sort = DEFAULT_SORT, limit }: TenantFilter,
    { selection, page }: ListQuery,
    found: Row[],
  ): Promise<{ rows: Row[]; total: number; next?: string }> {
    const isAll =
      found.length <= limit && page.skip === 0 && page.after === undefined;
    const total = isAll ? found.length : await this.lists.count(selection);
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    return {
      rows,
      total,
      next:
        last !== undefined && found.length > limit
          ? encodeCursor(sort, last)
          : undefined,
    };
  }

  #present(rows: readonly ListedTenant[]): TenantResponseDto[] {
    return rows.flatMap(({ tenant }) =>
      tenant === null ? [] : presentTenant(tenant, this.crypto),
    );
  }
}

function toPage(
  sort: TenantSort,
  { after, skip, limit }: TenantFilter,
): ListPage {
  const descending = sort.startsWith('-');
  return {
    // What is left of a sort without its sign is its field.
    field: (descending ? sort.slice(1) : sort) as SortField,
    descending,
    after: after ? decodeCursor(sort, after) : undefined,
    skip,
    limit: limit + 1,
  };
}
