import { Column, Entity, PrimaryColumn } from 'typeorm';
import {
  decidingUtcDate,
  utcDate,
} from '../../database/utc-date.transformer.js';

@Entity('api_tokens')
export class ApiToken {
  /** The 8 characters after `vr_`. */
  @PrimaryColumn({ type: 'varchar', length: 8 })
  id: string;

  /** Hex SHA-256 of the whole token. */
  @Column({ type: 'varchar', length: 64, name: 'secret_hash' })
  secretHash: string;

  @Column({ type: 'varchar', length: 100 })
  name: string;

  /** Comma separated. */
  @Column({ type: 'varchar', length: 255 })
  scopes: string;

  /** The only tenant that the token reaches; null for all. */
  @Column({ type: 'integer', name: 'tenant_id', nullable: true })
  tenantId: number | null;

  @Column({ type: 'varchar', name: 'created_at', transformer: utcDate })
  createdAt: Date;

  @Column({
    type: 'varchar',
    name: 'expires_at',
    transformer: decidingUtcDate,
    nullable: true,
  })
  expiresAt: Date | null;

  @Column({
    type: 'varchar',
    name: 'revoked_at',
    transformer: decidingUtcDate,
    nullable: true,
  })
  revokedAt: Date | null;

  /** Written at most once a minute. */
  @Column({
    type: 'varchar',
    name: 'last_used_at',
    transformer: utcDate,
    nullable: true,
  })
  lastUsedAt: Date | null;
}

export type ApiTokenState = 'active' | 'revoked' | 'expired';

export function tokenState({ revokedAt, expiresAt }: ApiToken): ApiTokenState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && !(expiresAt.getTime() > Date.now())
    ? 'expired'
    : 'active';
}
