import {
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { READER } from '../../database/data-source-options.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { bringUpToDate } from './bring-up-to-date.js';

/** Tenants brought up to date in one transaction: others wait meanwhile. */
const BATCH_SIZE = 500;

/**
 * Keeps what tenants are found and sorted by in step with `tenants`. Whoever writes there, triggers note it. What this
 * application writes is brought up to date before its transaction commits, what others write before the next search.
 */
@Injectable()
export class TenantIndex
  implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy
{
  #turn: Promise<void> | undefined;
  #stopped = false;

  constructor(
    @InjectDataSource(READER) private readonly reader: DataSource,
    private readonly transactions: TransactionRunner,
  ) {}

  onModuleInit(): void {
    this.transactions.beforeCommit(catchUp);
  }

  /** In the background: after the first start with many tenants this takes some seconds. */
  onApplicationBootstrap(): void {
    // What fails here fails again, and is answered for, where a search needs it.
    void this.#catchUpUntil(() => this.#stopped).catch(() => undefined);
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    await this.#turn?.catch(() => undefined);
  }

  /** Resolves when all that was committed before the call can be found. */
  ready(): Promise<void> {
    return this.#catchUpUntil(() => false);
  }

  async #catchUpUntil(isEnough: () => boolean): Promise<void> {
    while (!isEnough() && (await this.#isBehind())) {
      this.#turn ??= this.transactions
        .run(() => Promise.resolve())
        .finally(() => (this.#turn = undefined));
      await this.#turn;
    }
  }

  async #isBehind(): Promise<boolean> {
    const rows = await this.reader.query<unknown[]>(
      'SELECT 1 FROM tenant_search_queue LIMIT 1',
    );
    return rows.length > 0;
  }
}

/** Works off the oldest notes, if there are any. */
async function catchUp(manager: EntityManager): Promise<void> {
  const notes = await manager.query<{ seq: number; id: number }[]>(
    'SELECT seq, tenant_id AS id FROM tenant_search_queue ORDER BY seq LIMIT ?',
    [BATCH_SIZE],
  );
  if (notes.length === 0) return;
  await bringUpToDate(manager, [...new Set(notes.map(({ id }) => id))]);
  // Those that were read: others may have been committed in between.
  await manager.query(
    'DELETE FROM tenant_search_queue WHERE seq IN (SELECT value FROM json_each(?))',
    [JSON.stringify(notes.map(({ seq }) => seq))],
  );
}
