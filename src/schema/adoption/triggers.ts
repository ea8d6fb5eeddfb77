import type { DataSource } from 'typeorm';
import { driverErrorCode } from '../../database/query-errors.js';
import type { DatabaseFault } from './faults.js';
import { LEGACY_COLUMNS } from './legacy-columns.js';

export interface Trigger {
  name: string;
  sql: string;
}

const SET = LEGACY_COLUMNS.map((column) => `${column} = ${column}`).join(', ');
const WRITES = [
  `INSERT INTO tenants (${LEGACY_COLUMNS.join(', ')}) SELECT ${LEGACY_COLUMNS.join(', ')} FROM tenants`,
  `UPDATE tenants SET ${SET}`,
  'DELETE FROM tenants',
];

export function triggersOf(
  source: Pick<DataSource, 'query'>,
): Promise<Trigger[]> {
  return source.query<Trigger[]>(
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = 'tenants' ORDER BY name",
  );
}

/**
 * Triggers that would fail here: of a function that only the old application defines, or of a table that is gone.
 * SQLite works out what a write would do, triggers and all, without doing it.
 */
export async function faultsOfTriggers(
  source: Pick<DataSource, 'query'>,
  triggers: readonly Trigger[],
): Promise<DatabaseFault[]> {
  if (triggers.length === 0) return [];
  try {
    for (const write of WRITES) await source.query(`EXPLAIN ${write}`);
    return [];
  } catch (error) {
    if (driverErrorCode(error) !== 'SQLITE_ERROR') throw error;
    return [
      {
        reason: `tenants tablosundaki tetikleyiciler burada çalışmaz: ${triggers.map(({ name }) => name).join(', ')}`,
        hint: 'Bilinmeyen bir işlevi ya da olmayan bir tabloyu kullanan tetikleyiciyi kaldırın (DROP TRIGGER) ve yeniden başlatın.',
      },
    ];
  }
}
