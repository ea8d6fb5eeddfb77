import type { RowFault } from './row-fault.js';
import type { RowState, TenantImportRow } from './tenant-import-row.entity.js';

/** What became of a line of the file. */
export interface ReportedRow {
  line: number;
  /** Null when the line has no valid one. */
  username: string | null;
  state: RowState;
  faults: RowFault[];
  /** The tenant that was added. */
  tenantId: number | null;
}

export function toReportedRow(row: TenantImportRow): ReportedRow {
  const { line, username, state, faults, tenantId } = row;
  return { line, username, state, faults: faults ?? [], tenantId };
}
