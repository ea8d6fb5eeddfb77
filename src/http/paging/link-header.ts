export interface Page {
  skip: number;
  limit: number;
  total: number;
}

/**
 * RFC 8288 `Link` header of a skip/limit page. The path is ours: a `Host` header never finds its way in.
 * @param filters more parameters of the query.
 */
export function linkHeader(
  path: string,
  { skip, limit, total }: Page,
  filters: readonly [name: string, value: string][] = [],
): string {
  const last = Math.max(0, Math.floor((total - 1) / limit) * limit);
  const pages: [rel: string, skip: number][] = [['first', 0]];
  if (skip > 0) pages.push(['prev', Math.min(Math.max(0, skip - limit), last)]);
  if (skip + limit < total) pages.push(['next', skip + limit]);
  pages.push(['last', last]);
  return pages
    .map(([rel, start]) => {
      const query = new URLSearchParams([
        ...filters,
        ['skip', String(start)],
        ['limit', String(limit)],
      ]);
      return `<${path}?${query.toString()}>; rel="${rel}"`;
    })
    .join(', ');
}
