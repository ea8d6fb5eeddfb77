import { isUtf8 } from 'node:buffer';

/** What a field is written from: SQL of its value. */
export interface JsonField {
  as: 'integer' | 'text' | 'date';
  sql: string;
}

/** Marks a row that is not written. JSON has no such character. */
const UNWRITTEN = 'char(0)';

const MAX_SAFE_INTEGER = String(Number.MAX_SAFE_INTEGER);

/** SQLite holds values of any type in any column, and JSON holds no blobs: hence the casts. */
const WRITTEN: Record<JsonField['as'], (sql: string) => string> = {
  integer: (sql) => `CAST(${sql} AS INTEGER)`,
  text: (sql) => `CAST(${sql} AS TEXT)`,
  date: (sql) => `replace(substr(${sql} || '.000', 1, 23), ' ', 'T') || 'Z'`,
};

/** What JavaScript writes otherwise: numbers that it rounds, and dates in other forms than ours or on days that there are not. */
const IS_PLAIN: Record<JsonField['as'], (sql: string) => string | undefined> = {
  integer: (sql) =>
    `CAST(${sql} AS INTEGER) BETWEEN -${MAX_SAFE_INTEGER} AND ${MAX_SAFE_INTEGER}`,
  text: () => undefined,
  date: (sql) =>
    `(${sql} IS NULL OR datetime(${sql}, '+0 days') = substr(${sql}, 1, 19) AND (octet_length(${sql}) = 19 OR octet_length(${sql}) = 26 AND ${sql} GLOB '*.[0-9][0-9][0-9][0-9][0-9][0-9]'))`,
};

/**
 * SQL of a row as `JSON.stringify` writes it from what `utcDate` and JSON have read
 * (docs/adr/0026-lists-written-by-the-database.md).
 * @param fields in their order, by name.
 */
export function rowAsJson(fields: Readonly<Record<string, JsonField>>): string {
  const isPlain = Object.values(fields).flatMap(
    ({ as, sql }) => IS_PLAIN[as](sql) ?? [],
  );
  const pairs = Object.entries(fields).map(
    ([name, { as, sql }]) => `'${name}', ${WRITTEN[as](sql)}`,
  );
  return `CASE WHEN ${isPlain.join(' AND ')} THEN json_object(${pairs.join(', ')}) ELSE ${UNWRITTEN} END`;
}

/** SQL of all rows of a query, in its order, as one JSON array in UTF-8: for `writtenRows`. */
export function rowsAsJson(row: string): string {
  return `CAST('[' || ifnull(group_concat(${row}, ','), '') || ']' AS BLOB)`;
}

/** @returns undefined when there is a row that SQLite has not written. */
export function writtenRows(json: Buffer): Buffer | undefined {
  // In a database that holds UTF-16, every other byte is 0.
  if (json.includes(0)) return undefined;
  return isUtf8(json) ? json : Buffer.from(json.toString());
}
