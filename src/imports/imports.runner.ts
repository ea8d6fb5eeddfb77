import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
} from '@nestjs/common';
import { onBehalfOf } from '../audit/audit-context.js';
import { describeError } from '../common/errors/describe-error.js';
import { ImportLease } from './import-lease.js';
import { ImportWorker } from './import-worker.js';
import { ImportsCleaner } from './imports.cleaner.js';
import { ImportsRepository } from './imports.repository.js';
import { ENDED_STATES, type TenantImport } from './tenant-import.entity.js';

/** How long an import waits at most that another process has left behind, or made. */
const LOOK_INTERVAL_MS = 5_000;
/** The same while others are at work: one that falls silent is noticed by looking often. */
const WATCHFUL_INTERVAL_MS = 1_000;
const WATCH_INTERVAL_MS = 500;
/** Lets other processes have the write lock between two batches. */
const PAUSE_MS = 20;

/** Works imports off in the background, one after the other, in the order in which they came. */
@Injectable()
export class ImportsRunner implements BeforeApplicationShutdown {
  readonly #logger = new Logger(ImportsRunner.name);
  readonly #stop = new AbortController();
  #wake: () => void = () => undefined;
  #loop: Promise<void> | undefined;

  constructor(
    private readonly imports: ImportsRepository,
    private readonly worker: ImportWorker,
    private readonly cleaner: ImportsCleaner,
    private readonly lease: ImportLease,
  ) {}

  start(): void {
    this.#loop = this.#serve();
  }

  /** Before the database is closed; what is left goes on at the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    this.#wake();
    await this.#loop;
  }

  /** There is something new to do. */
  wake(): void {
    this.#wake();
  }

  /**
   * Works one import off here and now, or watches another process do it, until it has ended or the signal is aborted.
   * @param onProgress is called after each batch.
   */
  async finish(
    id: number,
    onProgress: (processed: number, total: number) => void,
    signal?: AbortSignal,
  ): Promise<TenantImport> {
    let job = await this.imports.getByIdOrFail(id);
    let told = -1;
    const look = async (): Promise<void> => {
      job = await this.imports.getByIdOrFail(id);
      if (job.processed !== told) onProgress(job.processed, job.total);
      told = job.processed;
    };
    const isStopped = () => signal?.aborted === true;
    while (!ENDED_STATES.includes(job.state) && !isStopped()) {
      const claimed = await this.lease.claim(job);
      if (claimed === undefined) await sleep(WATCH_INTERVAL_MS);
      else await this.#workOff(claimed, look, signal);
      await look();
    }
    return job;
  }

  async #serve(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const news = new Promise<void>((resolve) => (this.#wake = resolve));
      // Not one failure stops the loop: a database that is away comes back.
      const wait = await this.#look().catch((error: unknown) => {
        this.#logger.error({ error: describeError(error) });
        return LOOK_INTERVAL_MS;
      });
      if (wait > 0)
        await Promise.race([news, sleep(wait, undefined, { ref: false })]);
    }
  }

  /** Works on the next import that is free. @returns for how long there is nothing to do, in milliseconds. */
  async #look(): Promise<number> {
    await this.cleaner.removeAbandoned();
    await this.cleaner.eraseCancelled();
    const unfinished = await this.imports.findUnfinished();
    for (const job of unfinished) {
      const claimed = await this.lease.claim(job);
      if (claimed !== undefined) {
        await this.#workOff(claimed);
        return 0;
      }
    }
    return unfinished.length > 0 ? WATCHFUL_INTERVAL_MS : LOOK_INTERVAL_MS;
  }

  async #workOff(
    job: TenantImport,
    afterBatch?: () => Promise<void>,
    signal?: AbortSignal,
  ): Promise<void> {
    const isStopped = () =>
      this.#stop.signal.aborted || signal?.aborted === true;
    await this.lease.keepDuring(job.id, () =>
      onBehalfOf(job, async () => {
        while (!isStopped() && (await this.worker.step(job))) {
          await afterBatch?.();
          await sleep(PAUSE_MS);
        }
      }),
    );
    if (isStopped()) await this.lease.release(job);
  }
}
