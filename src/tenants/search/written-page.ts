import { PIECE_BYTES } from '../../common/in-pieces.js';
import { TENANTS_AS_JSON, type WrittenTenants } from '../tenant-json.js';
import type { Position } from './list-cursor.js';
import { type Fragment, LIMIT, type ListPage } from './list-sql.js';

/** A page as it is in one moment, without the one tenant behind it. */
export interface WrittenPage extends WrittenTenants {
  /** Of all pages. */
  total: number;
  /** The place to go on from, if there is more. */
  last?: Position;
}

/** What the statement gives. */
export interface WrittenPageRow extends Omit<WrittenPage, 'last'> {
  bytes: number;
  /** JSON of value and id. */
  last: string | null;
}

interface PageParts {
  /** Ids and values of the page, with the one behind it. */
  ids: Fragment;
  /** Of these. */
  order: string;
  /** SQL of how large a tenant of `t` is. */
  bytes: string;
  count: Fragment;
}

/** All that is asked of a page in one statement: each way to SQLite's thread and back costs as much as ten rows. */
export function writtenPage(
  { ids, order, bytes, count }: PageParts,
  { limit, skip, after }: ListPage,
): Fragment {
  const shown = limit - 1;
  const isFirst = skip === 0 && after === undefined;
  return {
    sql: `WITH page AS (${ids.sql}),
      size AS (SELECT count(*) AS found, total(${bytes}) AS bytes FROM page LEFT JOIN tenants t ON t.id = page.id)
      SELECT (SELECT bytes FROM size) AS bytes,
        CASE WHEN (SELECT found FROM size) <= ? THEN (SELECT found FROM size) ELSE (${count.sql}) END AS total,
        CASE WHEN (SELECT found FROM size) > ? THEN (SELECT json_array(value, id) FROM page ORDER BY ${order} LIMIT 1 OFFSET ?) END AS last,
        ${TENANTS_AS_JSON}
      FROM (SELECT id FROM page ORDER BY ${order} ${LIMIT}) shown CROSS JOIN tenants t ON t.id = shown.id
      WHERE (SELECT bytes FROM size) <= ${PIECE_BYTES}`,
    params: [
      ...ids.params,
      isFirst ? shown : -1,
      ...count.params,
      shown,
      shown - 1,
      shown,
    ],
  };
}

/** @returns undefined where the page has more than `PIECE_BYTES`, and was not written. */
export function toWrittenPage({
  bytes,
  last,
  ...page
}: WrittenPageRow): WrittenPage | undefined {
  return bytes > PIECE_BYTES
    ? undefined
    : { ...page, last: last === null ? undefined : toPosition(last) };
}

function toPosition(json: string): Position {
  const [value, id] = JSON.parse(json) as [string, number];
  return { value, id };
}
