import { Column, PrimaryColumn } from 'typeorm';
import {
  decidingUtcDate,
  utcDate,
} from '../../database/utc-date.transformer.js';

/** The columns that every kind of session has; each kind adds whose it is. */
export abstract class StoredSession {
  /** Hex SHA-256 of the id that the browser has. */
  @PrimaryColumn({ type: 'varchar', length: 64, name: 'id_hash' })
  idHash: string;

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
