import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RowFault } from './row-fault.js';

/** `valid`: would be added, if this were no dry run. `cancelled`: its import was, before it came to this row. */
export const ROW_STATES = [
  'pending',
  'added',
  'valid',
  'failed',
  'cancelled',
] as const;
export type RowState = (typeof ROW_STATES)[number];

/** What became of a line. Holds nothing of it but a username, and that only when it is a well-formed one. */
@Entity('tenant_import_rows')
export class TenantImportRow {
  /** Given by us, in the order of lines: the payload is sealed for it before there is a row. */
  @PrimaryColumn({ type: 'integer' })
  id: number;

  @Column({ type: 'integer', name: 'import_id' })
  importId: number;

  @Column({ type: 'integer' })
  line: number;

  @Column({ type: 'varchar', length: 16 })
  state: RowState;

  @Column({ type: 'varchar', length: 100, nullable: true })
  username: string | null;

  @Column({ type: 'simple-json', nullable: true })
  faults: RowFault[] | null;

  @Column({ type: 'integer', name: 'tenant_id', nullable: true })
  tenantId: number | null;
}
