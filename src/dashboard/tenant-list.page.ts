import { RouteNotFoundError } from '../common/errors/common.errors.js';
import type { TenantResponseDto } from '../tenants/dto/tenant-response.dto.js';
import { WholeNumberParameter } from '../common/paging/whole-number.decorator.js';

const PAGE_SIZE = 25;

export class TenantListQueryDto {
  @WholeNumberParameter({ min: 1, max: 1_000_000, default: 1 })
  page = 1;

  get filter(): { skip: number; limit: number } {
    return { skip: (this.page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
  }
}

export interface TenantListPage {
  tenants: TenantResponseDto[];
  total: number;
  page: number;
  pages: number;
  /** Undefined at either end. */
  previous?: number;
  next?: number;
}

/** @throws RouteNotFoundError for a page behind the last. */
export function toTenantListPage(
  page: number,
  { tenants, total }: { tenants: TenantResponseDto[]; total: number },
): TenantListPage {
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  if (page > pages) throw new RouteNotFoundError();
  return {
    tenants,
    total,
    page,
    pages,
    previous: page > 1 ? page - 1 : undefined,
    next: page < pages ? page + 1 : undefined,
  };
}
