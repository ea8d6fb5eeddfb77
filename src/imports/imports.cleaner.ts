import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TransactionRunner } from '../database/transaction-runner.js';
import { KEPT_DAYS } from './import-limits.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import { ImportsRepository } from './imports.repository.js';

const DAY_MS = 86_400_000;
/** Some 20 MB, where they are as long as they may be. */
const ROWS_AT_ONCE = 100;

/** Takes away what is not needed any more, in pieces small enough to let others write in between. */
@Injectable()
export class ImportsCleaner {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly rows: ImportRowsRepository,
    private readonly transactions: TransactionRunner,
  ) {}

  /** The reports of imports that ended long ago. */
  async removeOld(now: Date, signal?: AbortSignal): Promise<void> {
    const limit = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
    const ids = await this.imports.findEndedBefore(limit);
    for (const id of ids) {
      if (signal?.aborted === true) return;
      await this.remove(id);
    }
  }

  /** What a cancelled import has not come to: the rows are said to be so, and what they hold is erased. */
  eraseCancelled(id: number): Promise<void> {
    return this.#inPieces((manager) =>
      this.rows.cancelSome(manager, id, ROWS_AT_ONCE),
    );
  }

  async remove(id: number): Promise<void> {
    await this.#inPieces((manager) =>
      this.rows.deleteSome(manager, id, ROWS_AT_ONCE),
    );
    await this.transactions.run((manager) => this.imports.delete(manager, id));
  }

  /** @param piece gives how many rows it was, at most `ROWS_AT_ONCE`. */
  async #inPieces(
    piece: (manager: EntityManager) => Promise<number>,
  ): Promise<void> {
    let rows = ROWS_AT_ONCE;
    while (rows === ROWS_AT_ONCE) rows = await this.transactions.run(piece);
  }
}
