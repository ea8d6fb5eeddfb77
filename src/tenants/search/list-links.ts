import { linkHeader } from '../../http/paging/link-header.js';
import type { ListTenantsQueryDto } from '../dto/list-tenants-query.dto.js';

/**
 * RFC 8288 `Link` header of a page of tenants, with the filters that made it. Whoever counts by `skip`, or asks for
 * nothing in particular, gets `first`, `prev`, `next` and `last`; a cursor knows only `first` and `next`.
 */
export function listLinks(
  path: string,
  { search, status, sort, after, skip, limit }: ListTenantsQueryDto,
  { total, next }: { total: number; next?: string },
): string {
  const filters = Object.entries({ search, status, sort }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  if (after === undefined && (skip !== undefined || filters.length === 0))
    return linkHeader(path, { skip: skip ?? 0, limit, total }, filters);
  const link = (rel: string, cursor: string): string =>
    `<${path}?${new URLSearchParams([...filters, ['after', cursor], ['limit', String(limit)]]).toString()}>; rel="${rel}"`;
  return [
    link('first', ''),
    ...(next === undefined ? [] : [link('next', next)]),
  ].join(', ');
}
