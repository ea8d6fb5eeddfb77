import type { DataSource } from 'typeorm';

/** The old application's, in its order. */
export const LEGACY_COLUMNS = [
  'id',
  'username',
  'password_hash',
  'business_name',
  'openai_api_key',
  'system_prompt',
  'created_at',
  'updated_at',
] as const;

/** A column that somebody has added to a table of tenants. */
export interface ExtraColumn {
  name: string;
  /** As declared. */
  type: string;
  notNull: boolean;
  /** An SQL expression; null where there is none. */
  default: string | null;
  /** Computed, or hidden in a virtual table. */
  generated: boolean;
}

interface TableInfo {
  name: string;
  type: string;
  notnull: 0 | 1;
  dflt_value: string | null;
  hidden: number;
}

/** SQL for a name that may hold anything. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** All columns of a table, generated ones as well, in their order; none where there is no such table. */
export async function columnsOf(
  source: Pick<DataSource, 'query'>,
  table: string,
): Promise<ExtraColumn[]> {
  const columns = await source.query<TableInfo[]>(
    'SELECT name, type, "notnull", dflt_value, hidden FROM pragma_table_xinfo(?) ORDER BY cid',
    [table],
  );
  return columns.map((column) => ({
    name: column.name,
    type: column.type,
    notNull: column.notnull === 1,
    default: isNothing(column.dflt_value) ? null : column.dflt_value,
    generated: column.hidden !== 0,
  }));
}

/** SQLite takes names in any case. */
export function without(
  columns: readonly ExtraColumn[],
  known: Iterable<string>,
): ExtraColumn[] {
  const names = new Set([...known].map((name) => name.toLowerCase()));
  return columns.filter(({ name }) => !names.has(name.toLowerCase()));
}

/** The declaration of such a column, for an empty table: only there may a default be computed. */
export function declare({ name, type, ...column }: ExtraColumn): string {
  const rule = column.notNull ? ' NOT NULL' : '';
  return `${quoteName(name)} ${declareType(type)}${rule}${declareDefault(column.default)}`;
}

/**
 * A name, bare or in quotes, is a text to SQLite, but only where no parentheses are around it; anything else needs them.
 * A comment may end the expression.
 */
function declareDefault(expression: string | null): string {
  if (expression === null) return '';
  const isName =
    /^(?:[\p{L}_][\p{L}\p{N}_$]*|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])$/u;
  return isName.test(expression)
    ? ` DEFAULT ${expression}`
    : ` DEFAULT (${expression}\n)`;
}

/** A type is one or more words, and up to two numbers in parentheses. */
export function declareType(type: string): string {
  return /^(?:[\w ]*(?:\([\d ,.+-]*\))?)$/.test(type) ? type : quoteName(type);
}

function isNothing(value: string | null): boolean {
  return value === null || /^[\s(]*null[\s)]*$/i.test(value);
}
