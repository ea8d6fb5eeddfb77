import type { DataSource } from 'typeorm';
import type { DatabaseFault } from './faults.js';
import {
  type TableColumn,
  quoteName,
} from '../../database/sqlite/table-columns.js';

/** Ours have these names, too, and do the same. */
const REPLACED = new Set(['ix_tenants_username', 'ix_tenants_id']);

/** With one of these in it, no two rows can be alike. */
const ALWAYS_UNIQUE = new Set(['id', 'username']);

interface LegacyIndex {
  name: string;
  unique: boolean;
  /** Null where the table itself declares it (`UNIQUE`, `PRIMARY KEY`). */
  sql: string | null;
  /** Null for an expression. */
  columns: (string | null)[];
}

/** The indexes of the old table, those included that its constraints make. */
export async function indexesOf(
  source: Pick<DataSource, 'query'>,
): Promise<LegacyIndex[]> {
  const rows = await source.query<
    { name: string; isUnique: 0 | 1; sql: string | null; columns: string }[]
  >(
    `SELECT list.name, list."unique" AS isUnique, master.sql,
            (SELECT json_group_array(info.name) FROM pragma_index_info(list.name) AS info) AS columns
     FROM pragma_index_list('tenants') AS list LEFT JOIN sqlite_master AS master ON master.name = list.name
     ORDER BY list.name`,
  );
  return rows
    .filter(({ name }) => !REPLACED.has(name.toLowerCase()))
    .map(({ name, isUnique, sql, columns }) => ({
      name,
      unique: isUnique === 1,
      sql,
      // `json_group_array` gives an array of what it was given.
      columns: (JSON.parse(columns) as (string | null)[]).map(
        (column) => column?.toLowerCase() ?? null,
      ),
    }));
}

/** Unique indexes that this application, which does not know of them, would run into. */
export function faultsOfIndexes(
  indexes: readonly LegacyIndex[],
  extras: readonly TableColumn[],
): DatabaseFault[] {
  const left = leftAlone(extras);
  return indexes
    .filter(
      ({ unique, columns }) =>
        unique &&
        !isImplied(columns) &&
        !columns.every((column) => column !== null && left.has(column)),
    )
    .map(({ name, columns }) => ({
      reason: `tenants tablosunda bu uygulamanın bilmediği bir benzersizlik kuralı var: ${name} (${columns.map((column) => column ?? 'ifade').join(', ')})`,
      hint: 'Kuralı veritabanından kaldırın (DROP INDEX) ve yeniden başlatın.',
    }));
}

/**
 * The indexes that are kept: those made by hand, and constraints that our own table does not imply, as indexes with a name.
 * @param names that are taken, in lower case.
 */
export function keptIndexes(
  indexes: readonly LegacyIndex[],
  names: Iterable<string>,
): { name: string; sql: string }[] {
  const taken = new Set(names);
  return indexes.flatMap(({ name, sql, unique, columns }) => {
    if (sql !== null) return [{ name, sql }];
    if (!unique || isImplied(columns)) return [];
    const free = freeName(taken);
    const list = columns.map((column) => quoteName(column ?? '')).join(', ');
    return [
      { name: free, sql: `CREATE UNIQUE INDEX ${free} ON tenants (${list})` },
    ];
  });
}

function freeName(taken: Set<string>): string {
  let number = 0;
  while (taken.has(`ux_tenants_${number}`)) number += 1;
  taken.add(`ux_tenants_${number}`);
  return `ux_tenants_${number}`;
}

function isImplied(columns: readonly (string | null)[]): boolean {
  return columns.some((column) => column !== null && ALWAYS_UNIQUE.has(column));
}

/** Columns that are NULL in every row that this application makes: NULLs are never alike. */
function leftAlone(extras: readonly TableColumn[]): Set<string> {
  return new Set(
    extras
      .filter((column) => !column.notNull && column.default === null)
      .map(({ name }) => name.toLowerCase()),
  );
}
