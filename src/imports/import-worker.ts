import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { describeError } from '../common/errors/describe-error.js';
import { UsernameTakenError } from '../common/errors/username-taken.error.js';
import { WriteRefusedError } from '../common/errors/write-refused.error.js';
import { willPass } from '../database/query-errors.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { ImportCourse, ImportLostError } from './import-course.js';
import { BATCH_ROWS } from './import-limits.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import { type RowFault, USERNAME_TAKEN, WRITE_REFUSED } from './row-fault.js';
import { RowApplier } from './row-applier.js';
import { LOST, type PreparedRow, RowPreparer } from './row-preparer.js';
import type { TenantImport } from './tenant-import.entity.js';

/** Works imports off, a batch in a transaction. Only one process at a time can: each batch proves that it holds the lease. */
@Injectable()
export class ImportWorker {
  readonly #logger = new Logger(ImportWorker.name);

  constructor(
    private readonly course: ImportCourse,
    private readonly rows: ImportRowsRepository,
    private readonly transactions: TransactionRunner,
    private readonly preparer: RowPreparer,
    private readonly applier: RowApplier,
  ) {}

  /**
   * Works off the next rows of an import that this process has claimed.
   * @returns false when there is nothing left to do for it here.
   */
  async step(job: TenantImport): Promise<boolean> {
    const pending = await this.rows.findPending(job.id, BATCH_ROWS);
    try {
      if (pending.length > 0)
        await this.#commit(
          job,
          await this.preparer.prepare(pending, job.dryRun),
        );
      else
        await this.transactions.run((manager) =>
          this.course.finish(manager, job),
        );
    } catch (error) {
      if (error instanceof ImportLostError) return false;
      throw error;
    }
    return pending.length > 0;
  }

  /** A row that makes its batch fail for no reason that will pass is found by trying each alone, and put aside. */
  async #commit(job: TenantImport, prepared: PreparedRow[]): Promise<void> {
    try {
      const applied = await this.transactions.run((manager) =>
        this.#apply(manager, job, prepared),
      );
      if (!applied) throw new ImportLostError();
    } catch (error) {
      const [first, ...others] = prepared;
      // Nothing is wrong with the rows where the same batch may come again.
      if (
        error instanceof ImportLostError ||
        willPass(error) ||
        first === undefined
      )
        throw error;
      if (others.length > 0)
        for (const one of prepared) await this.#commit(job, [one]);
      else if ('fault' in first) throw error;
      else
        await this.#commit(job, [{ row: first.row, fault: this.#why(error) }]);
    }
  }

  #why(error: unknown): RowFault {
    if (error instanceof UsernameTakenError) return USERNAME_TAKEN;
    if (error instanceof WriteRefusedError) return WRITE_REFUSED;
    this.#logger.error({ error: describeError(error) });
    return LOST;
  }

  /** @returns false when its sender may not add tenants any more: then it is cancelled. */
  async #apply(
    manager: EntityManager,
    job: TenantImport,
    prepared: PreparedRow[],
  ): Promise<boolean> {
    if (await this.course.cancelWithoutRight(manager, job)) return false;
    const progress = await this.applier.apply(manager, job, prepared);
    await this.course.advance(manager, job, progress);
    return true;
  }
}
