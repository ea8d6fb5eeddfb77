import {
  quoteName,
  type TableColumn,
} from '../../database/sqlite/table-columns.js';

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

/** SQLite takes names in any case. */
export function without(
  columns: readonly TableColumn[],
  known: Iterable<string>,
): TableColumn[] {
  const names = new Set([...known].map((name) => name.toLowerCase()));
  return columns.filter(({ name }) => !names.has(name.toLowerCase()));
}

/** The declaration of such a column, for an empty table: only there may a default be computed. */
export function declare({ name, type, ...column }: TableColumn): string {
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
