import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The key of the audit chain, encrypted. One row, made with the database and kept for its life. */
@Entity('audit_key')
export class AuditKey {
  @PrimaryColumn({ type: 'integer' })
  id: number;

  @Column({ type: 'text' })
  token: string;

  @Column({ type: 'varchar', length: 8 })
  kid: string;

  @Column({ type: 'varchar', length: 64 })
  mac: string;
}
