import type { DataSource } from 'typeorm';

/** A column of a table, as the database tells it. */
export interface TableColumn {
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
): Promise<TableColumn[]> {
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

function isNothing(value: string | null): boolean {
  return value === null || /^[\s(]*null[\s)]*$/i.test(value);
}
