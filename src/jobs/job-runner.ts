import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { describeError } from '../common/errors/describe-error.js';
import { JobLease } from './job-lease.js';
import type { HeldJob, Job } from './job.entity.js';
import { Jobs } from './jobs.js';
import { JobsRepository } from './jobs.repository.js';
import { RetryDelays } from './retry-delays.js';

/** How long a job waits at most that another process has left behind, or made. */
const LOOK_INTERVAL_MS = 5_000;
/** The same while others are at work: one that falls silent is noticed by looking often. */
const WATCHFUL_INTERVAL_MS = 1_000;
/** More than there are processes that could hold the oldest. */
const MAX_LOOKED_AT = 50;

/** Does jobs in the background: those of one kind one after the other, in the order in which they came. */
@Injectable()
export class JobRunner
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  readonly #logger = new Logger(JobRunner.name);
  readonly #stop = new AbortController();
  readonly #wakes = new Map<string, () => void>();
  readonly #delays = new RetryDelays();
  #loops: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly jobs: Jobs,
    private readonly stored: JobsRepository,
    private readonly lease: JobLease,
  ) {}

  /** Every feature has registered its handler by now. */
  onApplicationBootstrap(): void {
    this.jobs.onWake(() => this.#wake());
    this.#loops = Promise.all(this.jobs.kinds.map((kind) => this.#serve(kind)));
  }

  /** Before the database is closed; what is left goes on at the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    this.#wake();
    await this.#loops;
  }

  #wake(): void {
    for (const wake of this.#wakes.values()) wake();
  }

  async #serve(kind: string): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const news = new Promise<void>((resolve) =>
        this.#wakes.set(kind, resolve),
      );
      // Not one failure stops the loop: a database that is away comes back.
      const wait = await this.#look(kind).catch((error: unknown) => {
        this.#logger.error({ jobs: kind, error: describeError(error) });
        return LOOK_INTERVAL_MS;
      });
      if (wait > 0)
        await Promise.race([news, sleep(wait, undefined, { ref: false })]);
    }
  }

  /** Does the next job that is free. @returns for how long there is nothing to do, in milliseconds. */
  async #look(kind: string): Promise<number> {
    const waiting = this.#delays.waiting();
    const jobs = await this.stored.findOldest(kind, MAX_LOOKED_AT, waiting);
    const job = await this.#claimFirst(jobs);
    if (job !== undefined) {
      await this.#work(job);
      return 0;
    }
    return jobs.length + waiting.length > 0
      ? WATCHFUL_INTERVAL_MS
      : LOOK_INTERVAL_MS;
  }

  async #claimFirst(jobs: readonly Job[]): Promise<HeldJob | undefined> {
    for (const job of jobs) {
      const claimed = await this.lease.claim(job);
      if (claimed !== undefined) return claimed;
    }
    return undefined;
  }

  async #work(job: HeldJob): Promise<void> {
    try {
      await this.jobs.work(job, this.#stop.signal);
      this.#delays.forget(job.id);
    } catch (error) {
      this.#delays.note(job.id);
      const { kind, subject } = job;
      this.#logger.error({ job: kind, subject, error: describeError(error) });
    }
  }
}
