import type { TenantStatus } from '../tenant-status.js';

const SORT_FIELDS = [
  'id',
  'username',
  'business_name',
  'created_at',
  'updated_at',
] as const;
export type SortField = (typeof SORT_FIELDS)[number];

/** A field, descending with `-` before it. */
export type TenantSort = SortField | `-${SortField}`;
export const TENANT_SORTS: readonly TenantSort[] = SORT_FIELDS.flatMap(
  (field) => [field, `-${field}` as const],
);
export const DEFAULT_SORT: TenantSort = 'id';

/** Longest text to search for, in code points. */
export const SEARCH_MAX_LENGTH = 200;

/** Which tenants, in which order, and which part of them. All parts are optional but the size of the page. */
export interface TenantFilter {
  /** Part of a username or business name, in any spelling; blank for all. */
  search?: string;
  status?: TenantStatus;
  /** `id` when there is none. Tenants that are equal in it follow by id, in the same direction. */
  sort?: TenantSort;
  /** `next` of the page before, made with the same sort. Empty is the beginning. */
  after?: string;
  /** How many to leave out, behind `after`. */
  skip: number;
  limit: number;
  /** Only this tenant, where the caller may see no other. */
  onlyId?: number;
}
