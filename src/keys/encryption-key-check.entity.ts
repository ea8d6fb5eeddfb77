import { Column, Entity, PrimaryColumn } from 'typeorm';
import { utcDate } from '../database/utc-date.transformer.js';

/** One row for each encryption key that this database has met as the encrypting one: tells a wrong key at start. */
@Entity('encryption_key_checks')
export class EncryptionKeyCheck {
  @PrimaryColumn({ type: 'varchar', length: 8 })
  kid: string;

  /** A known text, encrypted under the key. */
  @Column({ type: 'text', name: 'check_value' })
  checkValue: string;

  /** When it was put to use last: the newest is that of the key which is encrypted with. */
  @Column({ type: 'varchar', name: 'created_at', transformer: utcDate })
  createdAt: Date;
}
