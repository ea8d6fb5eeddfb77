import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../database/transaction-runner.js';
import { ImportsRepository } from './imports.repository.js';
import type { TenantImport } from './tenant-import.entity.js';

const RAISE_EVERY_MS = 1_000;
/** Whoever has not raised its lease for so long was killed, or sleeps. */
const MAX_SILENCE_MS = 5_000;
/** More than there can be unfinished imports. */
const MAX_WATCHED = 100;

/**
 * Which process has an import in its hands. The holder raises a counter as long as it lives; a rival takes over once it has
 * seen the counter unchanged for a while of its own steady time. No wall clock decides: docs/adr/0019-leases-by-counting.md.
 */
@Injectable()
export class ImportLease {
  /** This process. */
  readonly holder = randomUUID();
  /** What was last seen of the leases of others, and since when, in steady time. */
  readonly #seen = new Map<number, { mark: string; since: number }>();

  constructor(
    private readonly imports: ImportsRepository,
    private readonly transactions: TransactionRunner,
  ) {}

  /** @returns the import when it was free to be worked on, and now is this process's. */
  async claim(job: TenantImport): Promise<TenantImport | undefined> {
    const { id, state, holder } = job;
    const isOurs = holder === this.holder;
    const isFree = isOurs || holder === null || this.isSilent(job);
    if (!isFree || (state !== 'pending' && state !== 'running'))
      return undefined;
    const changes = {
      state: 'running' as const,
      holder: this.holder,
      startedAt: job.startedAt ?? new Date(),
    };
    // Our own is raised while we look.
    const lease = isOurs ? undefined : job.lease;
    const claimed = await this.transactions.run((manager) =>
      this.imports.change(manager, { id, state, holder, lease }, changes),
    );
    return claimed ? { ...job, ...changes } : undefined;
  }

  /**
   * Takes an upload over from a process that is gone, so that it cannot go on with it, should it only have slept.
   * @returns whether it is this process's now.
   */
  seize({ id, state, holder, lease }: TenantImport): Promise<boolean> {
    return this.transactions.run((manager) =>
      this.imports.change(
        manager,
        { id, state, holder, lease },
        { holder: this.holder },
      ),
    );
  }

  /** Lets the next one have it at once. */
  async release({ id, state, holder }: TenantImport): Promise<void> {
    await this.transactions.run((manager) =>
      this.imports.change(manager, { id, state, holder }, { holder: null }),
    );
  }

  /** Whether the holder, another process, is gone. It has to be looked at again and again for that to be seen. */
  isSilent({ id, holder, lease }: TenantImport): boolean {
    if (holder === this.holder) return false;
    const mark = `${holder} ${lease}`;
    const seen = this.#seen.get(id);
    const now = performance.now();
    if (seen?.mark === mark) return now - seen.since >= MAX_SILENCE_MS;
    this.#seen.delete(id);
    this.#seen.set(id, { mark, since: now });
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > MAX_WATCHED && oldest !== undefined)
      this.#seen.delete(oldest);
    return false;
  }

  /** Keeps the import, which this process holds, in its hands until the work is done. */
  async keepDuring<T>(id: number, work: () => Promise<T>): Promise<T> {
    const timer = setInterval(() => this.#raise(id), RAISE_EVERY_MS);
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }

  /** A time that fails is made up for by the next; and whoever has lost the import finds out by its next change. */
  #raise(id: number): void {
    this.transactions
      .run((manager) => this.imports.raiseLease(manager, id, this.holder))
      .catch(() => undefined);
  }
}
