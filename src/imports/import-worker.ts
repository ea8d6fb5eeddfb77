import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { describeError } from '../common/errors/describe-error.js';
import { UsernameTakenError } from '../common/errors/username-taken.error.js';
import { WriteRefusedError } from '../common/errors/write-refused.error.js';
import { willPass } from '../database/query-errors.js';
import { JobLostError } from '../jobs/job-lease.js';
import type { HeldJob } from '../jobs/job.entity.js';
import { Jobs } from '../jobs/jobs.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { ImportCourse, ImportEndedError } from './import-course.js';
import { BATCH_ROWS } from './import-limits.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import { type RowFault, USERNAME_TAKEN, WRITE_REFUSED } from './row-fault.js';
import { LOST, type PreparedRow, RowApplier } from './row-applier.js';
import type { TenantImport } from './tenant-import.entity.js';

/** Does one batch in a transaction. @returns false when the import has ended. */
type Apply = (
  manager: EntityManager,
  prepared: PreparedRow[],
) => Promise<boolean>;

/** Works imports off, a batch in a transaction. Only one process at a time can: each batch proves that the job is its own. */
@Injectable()
export class ImportWorker {
  readonly #logger = new Logger(ImportWorker.name);

  constructor(
    private readonly course: ImportCourse,
    private readonly rows: ImportRowsRepository,
    private readonly transactions: TransactionRunner,
    private readonly jobs: Jobs,
    private readonly applier: RowApplier,
  ) {}

  /** @returns the import as it is from now on; undefined when it has ended. @throws JobLostError */
  begin(job: HeldJob, found: TenantImport): Promise<TenantImport | undefined> {
    return this.transactions.run(
      async (manager) => {
        await this.jobs.assertHeld(manager, job);
        return this.course.begin(manager, found);
      },
      { lock: 'imports' },
    );
  }

  /**
   * Works off the next rows of an import whose job this process holds.
   * @returns false when there is nothing left to do for it.
   * @throws JobLostError
   */
  async step(job: HeldJob, running: TenantImport): Promise<boolean> {
    const pending = await this.rows.findPending(running.id, BATCH_ROWS);
    try {
      if (pending.length > 0)
        await this.#commit(
          (manager, prepared) => this.#apply(manager, job, running, prepared),
          await this.applier.prepare(pending, running.dryRun),
        );
      else
        await this.transactions.run(async (manager) => {
          await this.jobs.assertHeld(manager, job);
          await this.course.finish(manager, running);
        });
    } catch (error) {
      if (error instanceof ImportEndedError) return false;
      throw error;
    }
    return pending.length > 0;
  }

  /** A row that makes its batch fail for no reason that will pass is found by trying each alone, and put aside. */
  async #commit(apply: Apply, prepared: PreparedRow[]): Promise<void> {
    try {
      const applied = await this.transactions.run(
        (manager) => apply(manager, prepared),
        { lock: 'accounts' },
      );
      if (!applied) throw new ImportEndedError();
    } catch (error) {
      const [first, ...others] = prepared;
      // Nothing is wrong with the rows where the same batch may come again.
      if (
        error instanceof ImportEndedError ||
        error instanceof JobLostError ||
        willPass(error) ||
        first === undefined
      )
        throw error;
      if (others.length > 0)
        for (const one of prepared) await this.#commit(apply, [one]);
      else if ('fault' in first) throw error;
      else
        await this.#commit(apply, [
          { row: first.row, fault: this.#why(error) },
        ]);
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
    job: HeldJob,
    running: TenantImport,
    prepared: PreparedRow[],
  ): Promise<boolean> {
    await this.jobs.assertHeld(manager, job);
    if (await this.course.cancelWithoutRight(manager, running)) return false;
    const progress = await this.applier.apply(manager, running, prepared);
    await this.course.advance(manager, running, progress);
    return true;
  }
}
