import type { TenantResponseDto } from '../tenants/dto/tenant-response.dto.js';
import { WholeNumberParameter } from '../common/paging/whole-number.decorator.js';

const PAGE_SIZE = 25;
/** Pages shown on either side of the current one. */
const NEIGHBOURS = 1;

export class TenantListQueryDto {
  @WholeNumberParameter({ min: 1, max: 1_000_000, default: 1 })
  page = 1;

  get filter(): { skip: number; limit: number } {
    return { skip: (this.page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
  }
}

export interface PageLink {
  page: number;
  current: boolean;
  /** Pages are left out before this one. */
  afterGap: boolean;
}

export interface TenantListPage {
  tenants: TenantResponseDto[];
  total: number;
  /** Places of the first and the last tenant shown, counted from 1. */
  from: number;
  to: number;
  pages: PageLink[];
  /** Undefined at either end. */
  previous?: number;
  next?: number;
}

/** The number of the last page; an empty list has one too. */
export function lastPage(total: number): number {
  return Math.max(1, Math.ceil(total / PAGE_SIZE));
}

export function toTenantListPage(
  page: number,
  { tenants, total }: { tenants: TenantResponseDto[]; total: number },
): TenantListPage {
  const last = lastPage(total);
  const { skip } = Object.assign(new TenantListQueryDto(), { page }).filter;
  return {
    tenants,
    total,
    from: skip + 1,
    to: skip + tenants.length,
    pages: last > 1 ? pageLinks(page, last) : [],
    previous: page > 1 ? page - 1 : undefined,
    next: page < last ? page + 1 : undefined,
  };
}

/** The first, the last, and those around the current one. */
function pageLinks(current: number, last: number): PageLink[] {
  const shown = Array.from({ length: last }, (_, index) => index + 1).filter(
    (page) =>
      page === 1 || page === last || Math.abs(page - current) <= NEIGHBOURS,
  );
  return shown.map((page, index) => ({
    page,
    current: page === current,
    afterGap: index > 0 && page - (shown[index - 1] ?? 0) > 1,
  }));
}
