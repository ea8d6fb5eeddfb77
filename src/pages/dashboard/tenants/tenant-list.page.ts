import type { Locale } from '../../../common/i18n/locale.js';
import type { BriefTenant } from '../../../tenants/search/tenant-list.service.js';
import type { ExportFormat } from '../../../tenants/exports/tenant-records.js';
import {
  DEFAULT_SORT,
  type TenantSort,
} from '../../../tenants/search/tenant-filter.js';
import { TENANT_STATUSES } from '../../../tenants/tenant-status.js';
import type { TenantListQueryDto } from './tenant-list-query.dto.js';
import { pageText } from '../../page-texts.js';
import { type Paging, paging } from '../../kit/page-links.js';

/** Orders that the list offers; the first is the one that nobody asked for. */
const OFFERED_SORTS: readonly TenantSort[] = [
  DEFAULT_SORT,
  '-created_at',
  'business_name',
  '-business_name',
  'username',
  '-updated_at',
];
const COLUMNS = { business_name: 1, created_at: -1, updated_at: -1 } as const;

interface Option {
  value: string;
  label: string;
  chosen: boolean;
}

interface SortLink {
  href: string;
  /** As `aria-sort` has it; undefined when the list is in another order. */
  direction?: 'ascending' | 'descending';
}

export interface TenantListPage extends Paging {
  tenants: BriefTenant[];
  search: string;
  /** Whether the list leaves anything out. */
  filtered: boolean;
  statuses: Option[];
  sorts: Option[];
  sortLinks: Record<keyof typeof COLUMNS, SortLink>;
  /** This very list. */
  here: string;
  /** The same tenants, all pages of them, as a file. */
  exports: { csv: string; ndjson: string };
}

export function toTenantListPage(
  locale: Locale,
  query: TenantListQueryDto,
  { tenants, total }: { tenants: BriefTenant[]; total: number },
): TenantListPage {
  const { search = '', status = '', sort = DEFAULT_SORT } = query;
  const option = (group: string, chosen: string) => (value: string) => ({
    value,
    label: pageText(locale, `${group}.${value}`),
    chosen: value === chosen,
  });
  const sorts = OFFERED_SORTS.includes(sort)
    ? OFFERED_SORTS
    : [...OFFERED_SORTS, sort];
  return {
    ...paging(query.page, total, (page) => listUrl({ ...query, page })),
    tenants,
    search,
    filtered: search !== '' || status !== '',
    statuses: TENANT_STATUSES.map(option('statuses', status)),
    // The order that nobody has to ask for stays out of addresses.
    sorts: sorts.map(option('sorts', sort)).map((offered) => ({
      ...offered,
      value: offered.value === DEFAULT_SORT ? '' : offered.value,
    })),
    sortLinks: {
      business_name: sortLink(query, 'business_name'),
      created_at: sortLink(query, 'created_at'),
      updated_at: sortLink(query, 'updated_at'),
    },
    here: listUrl(query),
    exports: {
      csv: exportUrl('csv', query),
      ndjson: exportUrl('ndjson', query),
    },
  };
}

/** The address of a list; a sort that is absent, and an empty filter, are left out. */
export function listUrl({
  search,
  status,
  sort,
  page,
}: Partial<TenantListQueryDto>): string {
  const query = toQuery({ search, status, sort, page });
  return query.size === 0 ? '/' : `/?${query.toString()}`;
}

function exportUrl(
  format: ExportFormat,
  { search, status }: TenantListQueryDto,
): string {
  return `/tenants/export?${toQuery({ format, search, status }).toString()}`;
}

function toQuery(
  parameters: Record<string, string | number | undefined>,
): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined && value !== '') query.set(name, String(value));
  return query;
}

/** A column's first click sorts as people mostly want it: names from A, dates from the newest; the next one turns it round. */
function sortLink(
  { search, status, sort }: TenantListQueryDto,
  column: keyof typeof COLUMNS,
): SortLink {
  const up = column;
  const down = `-${column}` as const;
  const first = COLUMNS[column] > 0 ? up : down;
  const next = sort === first ? (first === up ? down : up) : first;
  const href = listUrl({ search, status, sort: next });
  if (sort === up) return { href, direction: 'ascending' };
  return sort === down ? { href, direction: 'descending' } : { href };
}
