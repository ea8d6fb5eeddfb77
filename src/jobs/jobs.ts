import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TransactionRunner } from '../database/transaction-runner.js';
import { JobLease, JobLostError } from './job-lease.js';
import type { HeldJob, Job } from './job.entity.js';
import { JobsRepository } from './jobs.repository.js';

/**
 * Does a job of one kind, or goes on with it where another process has stopped: it may be called again for what is done
 * already. It returns early once the signal is aborted, and proves with `Jobs.assertHeld` in each of its transactions
 * that the job is still its own. What it throws is logged, and the job comes again.
 */
export type JobHandler = (job: HeldJob, signal: AbortSignal) => Promise<void>;

/** What features know of jobs. `JobRunner` does them, where the role `worker` is. */
@Injectable()
export class Jobs {
  readonly #handlers = new Map<string, JobHandler>();
  readonly #listeners: (() => void)[] = [];

  constructor(
    private readonly jobs: JobsRepository,
    private readonly lease: JobLease,
    private readonly transactions: TransactionRunner,
  ) {}

  get kinds(): string[] {
    return [...this.#handlers.keys()];
  }

  /** Called by a feature while its module is set up. */
  register(kind: string, handler: JobHandler): void {
    if (this.#handlers.has(kind)) throw new Error(`two handlers of ${kind}`);
    this.#handlers.set(kind, handler);
  }

  /** For the runner of this process, which else looks every few seconds. */
  onWake(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Called after a job was added or released, and that is committed. */
  wake(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Adds a job that this process has in its hands until it releases it. There must be none of the same kind and subject. */
  async addHeld(
    manager: EntityManager,
    kind: string,
    subject: string,
  ): Promise<HeldJob> {
    const { holder } = this.lease;
    const values = { kind, subject, holder, createdAt: new Date() };
    return { ...values, id: await this.jobs.insert(manager, values) };
  }

  /** @throws JobLostError; then nothing of the transaction may stand. */
  assertHeld(manager: EntityManager, job: HeldJob): Promise<void> {
    return this.lease.assertHeld(manager, job);
  }

  /** Keeps a job that this process holds in its hands until the work is done. */
  keepDuring<T>(job: HeldJob, work: () => Promise<T>): Promise<T> {
    return this.lease.keepDuring(job, work);
  }

  /** Lets any process do it. */
  release(manager: EntityManager, job: HeldJob): Promise<void> {
    return this.lease.release(manager, job);
  }

  /** Those of the kind whose process is gone, as far as this one has seen. */
  async findSilent(kind: string, manager?: EntityManager): Promise<Job[]> {
    const jobs = await this.jobs.findAll(kind, manager);
    return jobs.filter((job) => this.lease.isSilent(job));
  }

  /** @returns the job when it was free, and now is this process's. */
  async claim(kind: string, subject: string): Promise<HeldJob | undefined> {
    const job = await this.jobs.findBySubject(kind, subject);
    return job === null ? undefined : this.lease.claim(job);
  }

  /** Does a job that this process holds; if the signal ends it early, others may go on with it. @throws what its handler throws */
  async work(job: HeldJob, signal: AbortSignal): Promise<void> {
    const handler = this.#handlers.get(job.kind);
    if (handler === undefined) throw new Error(`no handler of ${job.kind}`);
    const letGo = () =>
      this.transactions.run((manager) => this.release(manager, job));
    try {
      await this.keepDuring(job, () => handler(job, signal));
    } catch (error) {
      if (error instanceof JobLostError) return;
      // Where that fails too, it is free once it has been silent for a while.
      await letGo().catch(() => undefined);
      throw error;
    }
    await (signal.aborted ? letGo() : this.end(job));
  }

  /** There is nothing left to do for it. */
  end(job: HeldJob): Promise<void> {
    return this.transactions.run((manager) => this.jobs.delete(manager, job));
  }
}
