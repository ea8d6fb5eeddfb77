export const PAGE_SIZE = 25;
/** Pages shown on either side of the current one. */
const NEIGHBOURS = 1;

export interface PageLink {
  page: number;
  href: string;
  current: boolean;
  /** Pages are left out before this one. */
  afterGap: boolean;
}

/** Where one is in a list that comes in pages, and where one can go from there. */
export interface Paging {
  total: number;
  /** Places of the first and the last row shown, counted from 1. */
  from: number;
  to: number;
  pages: PageLink[];
  /** Undefined at either end. */
  previous?: string;
  next?: string;
}

/** The rows of a page, as services want to be asked for them. */
export function rowsOf(page: number): { skip: number; limit: number } {
  return { skip: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
}

/** The number of the last page; an empty list has one too. */
export function lastPage(total: number): number {
  return Math.max(1, Math.ceil(total / PAGE_SIZE));
}

/** @param hrefOf the address of a page. */
export function paging(
  page: number,
  total: number,
  hrefOf: (page: number) => string,
): Paging {
  const last = lastPage(total);
  const { skip, limit } = rowsOf(page);
  return {
    total,
    from: skip + 1,
    to: Math.min(skip + limit, total),
    pages: last > 1 ? pageLinks(page, last, hrefOf) : [],
    previous: page > 1 ? hrefOf(page - 1) : undefined,
    next: page < last ? hrefOf(page + 1) : undefined,
  };
}

/** The first, the last, and those around the current one. */
function pageLinks(
  current: number,
  last: number,
  hrefOf: (page: number) => string,
): PageLink[] {
  const shown = Array.from({ length: last }, (_, index) => index + 1).filter(
    (page) =>
      page === 1 || page === last || Math.abs(page - current) <= NEIGHBOURS,
  );
  return shown.map((page, index) => ({
    page,
    href: hrefOf(page),
    current: page === current,
    afterGap: index > 0 && page - (shown[index - 1] ?? 0) > 1,
  }));
}
