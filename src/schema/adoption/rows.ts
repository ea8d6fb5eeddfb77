import type { DataSource } from 'typeorm';
import { type DatabaseFault, listed } from './faults.js';

interface RowRule {
  /** SQL that holds for a row that cannot be taken. */
  bad: string;
  reason: string;
  hint: string;
}

const TEXTS = [
  'username',
  'password_hash',
  'business_name',
  'system_prompt',
] as const;

/** Columns that may be NULL in the old table; here they are empty then. A username has to be there. */
export const EMPTIED = [
  'password_hash',
  'business_name',
  'openai_api_key',
  'system_prompt',
] as const;

const RULES: readonly RowRule[] = [
  {
    // Beyond it, the id in a path is not the id in the row: JavaScript's numbers end there.
    bad: `typeof(id) <> 'integer' OR id NOT BETWEEN 1 AND ${Number.MAX_SAFE_INTEGER - 1}`,
    reason: 'id bir pozitif tam sayı değil',
    hint: 'Bu satırlara yeni bir id verin.',
  },
  {
    bad: 'id IN (SELECT id FROM tenants GROUP BY id HAVING count(*) > 1)',
    reason: 'aynı id birden fazla satırda',
    hint: 'Her satıra ayrı bir id verin.',
  },
  {
    bad: 'username IS NULL',
    reason: 'username boş (NULL)',
    hint: 'Bu satırlara bir kullanıcı adı verin ya da satırları silin.',
  },
  {
    bad: 'username IN (SELECT username FROM tenants GROUP BY username COLLATE BINARY HAVING count(*) > 1)',
    reason: 'aynı username birden fazla satırda',
    hint: 'Her satıra ayrı bir kullanıcı adı verin.',
  },
  ...TEXTS.map((column) => ({
    bad: `typeof(${column}) = 'blob'`,
    reason: `${column} metin değil (BLOB)`,
    hint: `Metne çevirin: UPDATE tenants SET ${column} = CAST(${column} AS TEXT) WHERE typeof(${column}) = 'blob'`,
  })),
];

/** What in the rows themselves cannot be taken, each with the ids that it concerns. */
export async function faultsOfRows(
  source: Pick<DataSource, 'query'>,
): Promise<DatabaseFault[]> {
  const faults: DatabaseFault[] = [];
  for (const { bad, reason, hint } of RULES) {
    const rows = await source.query<{ id: string | number }[]>(
      `SELECT CASE typeof(id) WHEN 'integer' THEN CAST(id AS TEXT) ELSE typeof(id) END AS id FROM tenants WHERE ${bad} ORDER BY 1`,
    );
    if (rows.length > 0)
      faults.push({
        reason: `tenants tablosunda ${reason}; id: ${listed(rows.map(({ id }) => id))}`,
        hint,
      });
  }
  return faults;
}
