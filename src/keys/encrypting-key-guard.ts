import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnavailableError } from '../common/errors/common.errors.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { KeyRing } from '../security/key-ring.js';

const RETRY_AFTER_SECONDS = 30;

const REFUSED = `SELECT EXISTS (SELECT 1 FROM encryption_key_checks)
  AND NOT EXISTS (SELECT 1 FROM encryption_key_checks WHERE kid = ?) AS refused`;

/**
 * Refuses every change while the key that this process encrypts with has been retired by another: nobody would miss the key
 * any more when it is taken out of ENCRYPTION_KEY, and what is written under it would be lost.
 */
@Injectable()
export class EncryptingKeyGuard implements OnModuleInit {
  readonly #logger = new Logger(EncryptingKeyGuard.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly ring: KeyRing,
  ) {}

  onModuleInit(): void {
    this.transactions.beforeCommit((manager) => this.#assertKnown(manager));
  }

  /** Where no check value is left at all, every key counts that a row names: nothing can be lost. */
  async #assertKnown(manager: EntityManager): Promise<void> {
    // Before each commit: a query builder costs more than the query.
    const [{ refused }] = await manager.query<[{ refused: number }]>(REFUSED, [
      this.ring.primaryKid,
    ]);
    if (refused === 0) return;
    this.#logger.error({ encryptionKey: 'retired' });
    throw new UnavailableError(RETRY_AFTER_SECONDS);
  }
}
