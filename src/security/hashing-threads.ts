import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { Piscina } from 'piscina';
import { UnavailableError } from '../common/errors/common.errors.js';
import { describeError } from '../common/errors/describe-error.js';
import { PROJECT_ROOT } from '../common/project-root.js';
import type { PasswordJob } from './password-worker.js';

/** Threads need a compiled file, also when tests run the sources. */
const WORKER_FILE = join(PROJECT_ROOT, 'dist/security/password-worker.js');
const RETRY_AFTER_SECONDS = 5;

/** What the pool tells of a thread; it does not export the type. */
interface Thread {
  id: number;
}

/**
 * bcrypt on worker threads, because bcryptjs blocks its thread (50 parallel sign-ins stalled the event loop for 3 s).
 * One thread is there from the start (10 MB): where there are no descriptors left, none can be started any more. What
 * becomes of the pool's threads ends no process; a job that finds none is answered with 503.
 */
export class HashingThreads {
  readonly max = availableParallelism();
  readonly #logger = new Logger(HashingThreads.name);
  readonly #jobs = new Set<AbortController>();
  /** Ids of the threads that have started. */
  readonly #started = new Set<number>();
  readonly #pool = new Piscina<PasswordJob, string | boolean>({
    filename: WORKER_FILE,
    minThreads: 1,
    maxThreads: this.max,
    idleTimeout: 30_000,
    // The pool's own choice gives jobs to threads that may never start, though another is free.
    loadBalancer: (_job, threads) =>
      threads.find(
        ({ id, currentUsage }) => currentUsage === 0 && this.#started.has(id),
      ) ?? null,
  });

  constructor() {
    this.#pool.on('workerCreate', ({ id }: Thread) => this.#started.add(id));
    this.#pool.on('workerDestroy', ({ id }: Thread) =>
      this.#started.delete(id),
    );
    // Without a listener a thread that cannot start is an uncaught exception.
    this.#pool.on('error', (error: unknown) => this.#onThreadLost(error));
  }

  /**
   * Give it no more jobs at once than `max`.
   * @throws UnavailableError when no thread can be had.
   */
  async execute(job: PasswordJob): Promise<string | boolean> {
    const controller = new AbortController();
    this.#jobs.add(controller);
    try {
      return await this.#pool.run(job, { signal: controller.signal });
    } catch (cause) {
      // Jobs do not fail by themselves: what a job is about has been checked before.
      this.#logger.error({ error: describeError(cause) });
      throw new UnavailableError(RETRY_AFTER_SECONDS, { cause });
    } finally {
      this.#jobs.delete(controller);
    }
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  /** The pool starts another thread only for the next job; those that wait for the lost one would wait forever. */
  #onThreadLost(error: unknown): void {
    this.#logger.error({ error: describeError(error) });
    if (this.#pool.threads.length > 0) return;
    for (const job of this.#jobs) job.abort();
  }
}
