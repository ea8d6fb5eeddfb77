import { Injectable } from '@nestjs/common';
import { foldForSearch } from '../../common/turkish/fold-for-search.js';
import { CryptoService } from '../../security/crypto.service.js';
import type { TenantResponseDto } from '../dto/tenant-response.dto.js';
import { presentTenant } from '../present-tenant.js';
import { decodeCursor, encodeCursor } from './list-cursor.js';
import {
  DEFAULT_SORT,
  type SortField,
  type TenantFilter,
  type TenantSort,
} from './tenant-filter.js';
import { TenantIndex } from './tenant-index.js';
import { isPlain, type ListPage } from './list-sql.js';
import { TenantListRepository } from './tenant-list.repository.js';

export interface TenantList {
  tenants: TenantResponseDto[];
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
    private readonly crypto: CryptoService,
  ) {}

  /** @throws ValidationFailedError when `after` is no cursor of this sort. */
  async list(filter: TenantFilter): Promise<TenantList> {
    const { sort = DEFAULT_SORT, limit, onlyId, status } = filter;
    const needle = foldForSearch(filter.search ?? '').trim();
    const selection = { needle, status, onlyId };
    const page = toPage(sort, filter);
    if (!isPlain(selection, page.field)) await this.index.ready();
    // One more than is given tells whether there is a next page.
    const found = await this.lists.findPage(selection, {
      ...page,
      limit: limit + 1,
    });
    const isAll =
      found.length <= limit && page.skip === 0 && page.after === undefined;
    const total = isAll ? found.length : await this.lists.count(selection);
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      tenants: shown.map(({ tenant }) => presentTenant(tenant, this.crypto)),
      total,
      next:
        last !== undefined && found.length > limit
          ? encodeCursor(sort, last.position)
          : undefined,
    };
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
    limit,
  };
}
