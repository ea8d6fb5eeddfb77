import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { utcDate } from '../../database/utc-date.transformer.js';

/** `receiving`: its file is still being read; nobody outside sees it. */
export type ImportState = 'receiving' | 'pending' | 'running' | 'finished';

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

  /** The process that works on it, and until when that is to be believed: it may have been killed. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  holder: string | null;

  @Column({
    type: 'varchar',
    name: 'leased_until',
    transformer: utcDate,
    nullable: true,
  })
  leasedUntil: Date | null;

  @Column({ type: 'varchar', name: 'created_at', transformer: utcDate })
  createdAt: Date;

  @Column({
    type: 'varchar',
    name: 'started_at',
    transformer: utcDate,
    nullable: true,
  })
  startedAt: Date | null;

  @Column({
    type: 'varchar',
    name: 'finished_at',
    transformer: utcDate,
    nullable: true,
  })
  finishedAt: Date | null;
}
