import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { LOST_RIGHTS } from '../auth/lost-right.js';
import { utcDate } from '../database/utc-date.transformer.js';

/** `receiving`: its file is still being read; nobody outside sees it. `cancelled`: it has ended before its last row. */
export type ImportState =
  'receiving' | 'pending' | 'running' | 'finished' | 'cancelled';

/** In these nothing happens to an import any more. */
export const ENDED_STATES: readonly ImportState[] = ['finished', 'cancelled'];

/** Why an import was cancelled: somebody asked for it, or its sender may not do what it does any more. */
export const CANCEL_REASONS = ['requested', ...LOST_RIGHTS] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** A file of tenants and how far it has been worked off. */
@Entity('tenant_imports')
export class TenantImport {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'varchar', length: 16 })
  state: ImportState;

  @Column({ type: 'boolean', name: 'dry_run' })
  dryRun: boolean;

  @Column({ type: 'integer', default: 0 })
  total: number;

  @Column({ type: 'integer', default: 0 })
  processed: number;

  @Column({ type: 'integer', default: 0 })
  added: number;

  @Column({ type: 'integer', default: 0 })
  failed: number;

  /** Who sent it, for the audit entries of its rows. */
  @Column({ type: 'varchar', length: 32 })
  actor: string;

  @Column({ type: 'varchar', length: 64, nullable: true })
  address: string | null;

  @Column({ type: 'varchar', length: 36, name: 'request_id', nullable: true })
  requestId: string | null;

  /** Null unless it is cancelled. */
  @Column({
    type: 'varchar',
    length: 32,
    name: 'cancel_reason',
    nullable: true,
  })
  cancelReason: CancelReason | null;

  @Column({ type: 'varchar', name: 'created_at', transformer: utcDate })
  createdAt: Date;

  @Column({
    type: 'varchar',
    name: 'started_at',
    transformer: utcDate,
    nullable: true,
  })
  startedAt: Date | null;

  /** When it ended, in whichever way. */
  @Column({
    type: 'varchar',
    name: 'finished_at',
    transformer: utcDate,
    nullable: true,
  })
  finishedAt: Date | null;
}
