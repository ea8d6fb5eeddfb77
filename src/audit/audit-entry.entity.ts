import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AuditAction } from './audit-actions.js';

/** Who did what, when and from where. Only ever inserted: triggers abort UPDATE and DELETE. */
@Entity('audit_entries')
export class AuditEntry {
  /** 1, 2, 3, … without a gap. */
  @PrimaryColumn({ type: 'integer' })
  id: number;

  /** `YYYY-MM-DD HH:MM:SS.ffffff` in UTC; kept as the text that is signed. */
  @Column({ type: 'varchar' })
  at: string;

  /** `admin:1`, `token:a1B2c3D4`, `operator` (the CLI), `system` (a start) or `visitor` (nobody known). */
  @Column({ type: 'varchar', length: 32 })
  actor: string;

  @Column({ type: 'varchar', length: 32 })
  action: AuditAction;

  /** `tenant:42`, `admin:1`, `token:a1B2c3D4`, `key:0a1b2c3d`; null when there is none. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  target: string | null;

  /** Names of the changed fields, comma separated; never their values. */
  @Column({ type: 'varchar', length: 255 })
  fields: string;

  @Column({ type: 'varchar', length: 64, nullable: true })
  address: string | null;

  @Column({ type: 'varchar', length: 36, nullable: true, name: 'request_id' })
  requestId: string | null;

  /** Hex HMAC-SHA256 over this entry and the one before it. */
  @Column({ type: 'varchar', length: 64 })
  mac: string;
}
