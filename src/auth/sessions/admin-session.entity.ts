import { Column, Entity, PrimaryColumn } from 'typeorm';
import {
  decidingUtcDate,
  utcDate,
} from '../../database/utc-date.transformer.js';

@Entity('admin_sessions')
export class AdminSession {
  /** Hex SHA-256 of the id that the browser has. */
  @PrimaryColumn({ type: 'varchar', length: 64, name: 'id_hash' })
  idHash: string;

  @Column({ type: 'integer', name: 'admin_id' })
  adminId: number;

  @Column({ type: 'varchar', name: 'created_at', transformer: utcDate })
  createdAt: Date;

  /** Written at most once a minute. */
  @Column({
    type: 'varchar',
    name: 'last_used_at',
    transformer: decidingUtcDate,
  })
  lastUsedAt: Date;

  @Column({ type: 'varchar', name: 'expires_at', transformer: decidingUtcDate })
  expiresAt: Date;

  /** Where the sign-in came from. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  address: string | null;

  /** What the browser called itself then, as far as it fits. */
  @Column({
    type: 'varchar',
    length: 255,
    name: 'user_agent',
    nullable: true,
  })
  userAgent: string | null;
}
