import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { onBehalfOf } from '../../audit/audit-context.js';
import { describeError } from '../../common/errors/describe-error.js';
import { ImportWorker } from './import-worker.js';
import { ImportsCleaner } from './imports.cleaner.js';
import { ImportsRepository } from './imports.repository.js';
import type { TenantImport } from './tenant-import.entity.js';

/** How long an import waits at most that another process has left behind, or made. */
const LOOK_INTERVAL_MS = 5_000;
const WATCH_INTERVAL_MS = 500;
/** Lets other processes have the write lock between two batches. */
const PAUSE_MS = 20;

/** Works imports off in the background, one after the other, in the order in which they came. */
@Injectable()
export class ImportsRunner
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  readonly #logger = new Logger(ImportsRunner.name);
  readonly #stop = new AbortController();
  #wake: () => void = () => undefined;
  #loop: Promise<void> | undefined;

  constructor(
    private readonly imports: ImportsRepository,
    private readonly worker: ImportWorker,
    private readonly cleaner: ImportsCleaner,
    private readonly http: HttpAdapterHost,
  ) {}

  /** Operator commands have no HTTP, and work off no imports but their own. */
  onApplicationBootstrap(): void {
    // Its type promises one, but without HTTP it is null.
    if ((this.http.httpAdapter as unknown) != null) this.#loop = this.#serve();
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
   * Works one import off here and now, or watches another process do it.
   * @param onProgress is called after each batch.
   */
  async finish(
    id: number,
    onProgress: (processed: number, total: number) => void,
  ): Promise<TenantImport> {
    let job = await this.imports.getByIdOrFail(id);
    let told = -1;
    const look = async (): Promise<void> => {
      job = await this.imports.getByIdOrFail(id);
      if (job.processed !== told) onProgress(job.processed, job.total);
      told = job.processed;
    };
    while (job.state !== 'finished') {
      const claimed = await this.worker.claim(job);
      if (claimed === undefined) await sleep(WATCH_INTERVAL_MS);
      else await this.#workOff(claimed, look);
      await look();
    }
    return job;
  }

  async #serve(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const news = this.#nextNews();
      // Not one failure stops the loop: a database that is away comes back.
      const worked = await this.#workOnNext().catch((error: unknown) => {
        this.#logger.error({ error: describeError(error) });
        return false;
      });
      if (!worked) await news;
    }
  }

  /** @returns whether there was one. */
  async #workOnNext(): Promise<boolean> {
    await this.cleaner.removeAbandoned();
    for (const job of await this.imports.findUnfinished()) {
      const claimed = await this.worker.claim(job);
      if (claimed !== undefined) {
        await this.#workOff(claimed);
        return true;
      }
    }
    return false;
  }

  async #workOff(
    job: TenantImport,
    afterBatch?: () => Promise<void>,
  ): Promise<void> {
    await onBehalfOf(job, async () => {
      while (!this.#stop.signal.aborted && (await this.worker.step(job))) {
        await afterBatch?.();
        await sleep(PAUSE_MS);
      }
    });
    if (this.#stop.signal.aborted) await this.worker.release(job);
  }

  /** Resolves when somebody wakes the loop, or when it is time to look by itself. Taken before looking, so that no call is missed. */
  #nextNews(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_INTERVAL_MS).unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
