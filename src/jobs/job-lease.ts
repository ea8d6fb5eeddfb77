import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TransactionRunner } from '../database/transaction-runner.js';
import type { HeldJob, Job } from './job.entity.js';
import { JobsRepository } from './jobs.repository.js';

const RAISE_EVERY_MS = 1_000;
/** Whoever has not raised its lease for so long was killed, or sleeps. */
const MAX_SILENCE_MS = 5_000;
const MAX_WATCHED = 1_000;

/** The job is no longer this process's: another took it over, because this one was silent for too long. */
export class JobLostError extends Error {}

/**
 * Which process has a job in its hands. The holder raises a counter as long as it lives; a rival takes over once it has seen
 * the counter unchanged for a while of its own steady time. No wall clock decides: docs/adr/0019-leases-by-counting.md.
 */
@Injectable()
export class JobLease {
  /** This process. */
  readonly holder = randomUUID();
  /** Ids of those that this process is at work on. */
  readonly #kept = new Set<number>();
  /** What was last seen of the leases of others, and since when, in steady time. */
  readonly #seen = new Map<number, { mark: string; since: number }>();

  constructor(
    private readonly jobs: JobsRepository,
    private readonly transactions: TransactionRunner,
  ) {}

  /** @returns the job when it was free, or its holder is gone; it now is this process's. */
  async claim(job: Job): Promise<HeldJob | undefined> {
    if (job.holder !== null && !this.isSilent(job)) return undefined;
    const claimed = await this.transactions.run((manager) =>
      this.jobs.give(manager, job, this.holder),
    );
    const { id, kind, subject } = job;
    return claimed ? { id, kind, subject, holder: this.holder } : undefined;
  }

  /** Lets the next one have it at once. */
  async release(manager: EntityManager, job: HeldJob): Promise<void> {
    await this.jobs.give(manager, job, null);
  }

  /** @throws JobLostError; then nothing of the transaction may stand. */
  async assertHeld(manager: EntityManager, job: HeldJob): Promise<void> {
    if (!(await this.jobs.give(manager, job, job.holder)))
      throw new JobLostError();
  }

  /**
   * Whether the holder is gone, or this process has given up without saying so. It has to be looked at again and again for
   * that to be seen.
   */
  isSilent({ id, holder, lease }: Job): boolean {
    if (holder === null || this.#kept.has(id)) return false;
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

  /** Keeps the job, which this process holds, in its hands until the work is done. */
  async keepDuring<T>(job: HeldJob, work: () => Promise<T>): Promise<T> {
    const timer = setInterval(() => this.#raise(job), RAISE_EVERY_MS);
    this.#kept.add(job.id);
    try {
      return await work();
    } finally {
      this.#kept.delete(job.id);
      clearInterval(timer);
    }
  }

  /** A time that fails is made up for by the next; and whoever has lost the job finds out by its next change. */
  #raise(job: HeldJob): void {
    this.transactions
      .run((manager) => this.jobs.give(manager, job, job.holder))
      .catch(() => undefined);
  }
}
