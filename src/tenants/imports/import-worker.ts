import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { describeError } from '../../common/errors/describe-error.js';
import { UsernameTakenError } from '../../common/errors/username-taken.error.js';
import { willPass } from '../../database/query-errors.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { BATCH_ROWS } from './import-limits.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import { ImportsRepository, type Progress } from './imports.repository.js';
import { type RowFault, USERNAME_TAKEN } from './row-fault.js';
import { RowApplier } from './row-applier.js';
import { LOST, type PreparedRow, RowPreparer } from './row-preparer.js';
import type { TenantImport } from './tenant-import.entity.js';

/** A batch takes a second or two; who is silent for longer has been killed. */
const LEASE_MS = 5_000;

/** Another process has taken the import over, because this one was silent for too long. */
class LeaseLostError extends Error {}

/** Works imports off, a batch in a transaction. Only one process at a time can: each batch proves that it holds the lease. */
@Injectable()
export class ImportWorker {
  readonly #logger = new Logger(ImportWorker.name);
  readonly #holder = randomUUID();

  constructor(
    private readonly imports: ImportsRepository,
    private readonly rows: ImportRowsRepository,
    private readonly transactions: TransactionRunner,
    private readonly preparer: RowPreparer,
    private readonly applier: RowApplier,
  ) {}

  /** @returns the import when it was free to be worked on, and now is this process's. */
  async claim(job: TenantImport): Promise<TenantImport | undefined> {
    const now = new Date();
    const isFree =
      job.holder === null ||
      job.holder === this.#holder ||
      job.leasedUntil === null ||
      job.leasedUntil < now;
    if (!isFree || (job.state !== 'pending' && job.state !== 'running'))
      return undefined;
    const changes = {
      state: 'running' as const,
      holder: this.#holder,
      leasedUntil: leaseFrom(now),
      startedAt: job.startedAt ?? now,
    };
    const claimed = await this.transactions.run((manager) =>
      this.imports.change(manager, job, changes),
    );
    return claimed ? { ...job, ...changes } : undefined;
  }

  /** Lets the next one have it at once. */
  async release(job: TenantImport): Promise<void> {
    await this.transactions.run((manager) =>
      this.imports.change(manager, job, { holder: null, leasedUntil: null }),
    );
  }

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
      else await this.transactions.run((manager) => this.#finish(manager, job));
    } catch (error) {
      if (error instanceof LeaseLostError) return false;
      throw error;
    }
    return pending.length > 0;
  }

  /** A row that makes its batch fail for no reason that will pass is found by trying each alone, and put aside. */
  async #commit(job: TenantImport, prepared: PreparedRow[]): Promise<void> {
    try {
      await this.transactions.run((manager) =>
        this.#apply(manager, job, prepared),
      );
    } catch (error) {
      const [first, ...others] = prepared;
      // Nothing is wrong with the rows where the same batch may come again.
      if (
        error instanceof LeaseLostError ||
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
    this.#logger.error({ error: describeError(error) });
    return LOST;
  }

  async #apply(
    manager: EntityManager,
    job: TenantImport,
    prepared: PreparedRow[],
  ): Promise<void> {
    const progress = await this.applier.apply(manager, job, prepared);
    await this.#advance(
      manager,
      job,
      { leasedUntil: leaseFrom(new Date()) },
      progress,
    );
  }

  #finish(manager: EntityManager, job: TenantImport): Promise<void> {
    return this.#advance(manager, job, {
      state: 'finished',
      finishedAt: new Date(),
      holder: null,
      leasedUntil: null,
    });
  }

  async #advance(
    manager: EntityManager,
    job: TenantImport,
    changes: Partial<TenantImport>,
    progress?: Progress,
  ): Promise<void> {
    if (!(await this.imports.change(manager, job, changes, progress)))
      throw new LeaseLostError();
  }
}

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}
