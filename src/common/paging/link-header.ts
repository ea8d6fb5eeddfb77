export interface Page {
  skip: number;
  limit: number;
  total: number;
}

/**
 * RFC 8288 `Link` header of a skip/limit page. The path is ours: a `Host` header never finds its way in.
 * @param query what else the page was asked for by.
 */
export function linkHeader(
  path: string,
  { skip, limit, total }: Page,
  query: Record<string, string> = {},
): string {
  const rest = Object.entries(query)
    .map(([name, value]) => `&${name}=${encodeURIComponent(value)}`)
    .join('');
  const last = Math.max(0, Math.floor((total - 1) / limit) * limit);
  const pages: [rel: string, skip: number][] = [['first', 0]];
  if (skip > 0) pages.push(['prev', Math.min(Math.max(0, skip - limit), last)]);
  if (skip + limit < total) pages.push(['next', skip + limit]);
  pages.push(['last', last]);
  return pages
    .map(
      ([rel, start]) =>
        `<${path}?skip=${start}&limit=${limit}${rest}>; rel="${rel}"`,
    )
    .join(', ');
}
