import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The end of the chain: tells when its last entries have been cut off. One row. */
@Entity('audit_head')
export class AuditHead {
  @PrimaryColumn({ type: 'integer' })
  id: number;

  /** Number of entries, and so the id of the last one. */
  @Column({ type: 'integer' })
  entries: number;

  /** The last entry's mac. */
  @Column({ type: 'varchar', length: 64, name: 'last_mac' })
  lastMac: string;

  /** Hex HMAC-SHA256 over the two. */
  @Column({ type: 'varchar', length: 64 })
  seal: string;
}
