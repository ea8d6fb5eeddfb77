import { Column, Entity, PrimaryColumn } from 'typeorm';
import { textTransformer } from '../database/stored-text.js';

/** The key of the audit chain, encrypted. One row, made with the database and kept for its life. */
@Entity('audit_key')
export class AuditKey {
  @PrimaryColumn({ type: 'integer' })
  id: number;

  @Column({ type: 'text', transformer: textTransformer })
  token: string;

  @Column({ type: 'varchar', length: 8, transformer: textTransformer })
  kid: string;

  @Column({ type: 'varchar', length: 64, transformer: textTransformer })
  mac: string;
}
