import { Column, Entity, PrimaryColumn } from 'typeorm';
import { utcDate } from '../database/utc-date.transformer.js';

/** The answer of a request that carried an `Idempotency-Key`, for when it is repeated. Neither the key nor the request itself is kept. */
@Entity('idempotency_keys')
export class IdempotencyKey {
  /** Signature of the key and of whose it is. */
  @PrimaryColumn({ type: 'varchar', length: 43, name: 'key_mac' })
  keyMac: string;

  /** Signature of the request: a body may hold secrets, and a plain hash would let them be guessed. */
  @Column({ type: 'varchar', length: 43, name: 'request_mac' })
  requestMac: string;

  /** The answer's body as JSON; empty when whom it was about is gone for good. */
  @Column({ type: 'text' })
  answer: string;

  /** `tenant:42`; null when the answer says nothing about anybody. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  target: string | null;

  @Column({ type: 'varchar', name: 'created_at', transformer: utcDate })
  createdAt: Date;
}
