import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type ImportResponseDto,
  toImportResponse,
} from './dto/import-response.dto.js';
import { onBehalfOf } from '../audit/audit-context.js';
import type { HeldJob } from '../jobs/job.entity.js';
import { Jobs } from '../jobs/jobs.js';
import { IMPORT_JOB } from './import-job.js';
import { ImportWorker } from './import-worker.js';
import { ImportsCleaner } from './imports.cleaner.js';
import { ImportsRepository } from './imports.repository.js';
import { ENDED_STATES, type TenantImport } from './tenant-import.entity.js';

const WATCH_INTERVAL_MS = 500;
const TELL_INTERVAL_MS = 100;
/** Lets other processes have the write lock between two batches. */
const PAUSE_MS = 20;

/** Brings imports to their end. */
@Injectable()
export class ImportsRunner implements OnModuleInit {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly worker: ImportWorker,
    private readonly cleaner: ImportsCleaner,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register(IMPORT_JOB, (job, signal) => this.#work(job, signal));
  }

  /**
   * Works one import off here and now, or watches another process do it, until it has ended or the signal is aborted.
   * @param onProgress is called as it goes on.
   */
  async finish(
    id: number,
    onProgress: (processed: number, total: number) => void,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<ImportResponseDto> {
    let told = -1;
    const look = async (): Promise<TenantImport> => {
      const found = await this.imports.getByIdOrFail(id);
      if (found.processed !== told) onProgress(found.processed, found.total);
      told = found.processed;
      return found;
    };
    let job = await look();
    while (!ENDED_STATES.includes(job.state) && !signal.aborted) {
      const claimed = await this.jobs.claim(IMPORT_JOB, String(id));
      if (claimed === undefined) await sleep(WATCH_INTERVAL_MS);
      else await whileTelling(this.jobs.work(claimed, signal), look);
      job = await look();
    }
    return toImportResponse(job);
  }

  async #work(job: HeldJob, signal: AbortSignal): Promise<void> {
    const id = Number(job.subject);
    const found = await this.imports.findById(id);
    // An upload whose process was killed before it was whole.
    if (found?.state === 'receiving') await this.cleaner.remove(id);
    if (found?.state === 'pending' || found?.state === 'running')
      await this.#workOff(job, found, signal);
    const now = await this.imports.findById(id);
    if (now?.state === 'cancelled') await this.cleaner.eraseCancelled(id);
  }

  async #workOff(
    job: HeldJob,
    found: TenantImport,
    signal: AbortSignal,
  ): Promise<void> {
    const running = await this.worker.begin(job, found);
    if (running === undefined) return;
    await onBehalfOf(running, async () => {
      while (!signal.aborted && (await this.worker.step(job, running)))
        await sleep(PAUSE_MS);
    });
  }
}

/** Waits for the work, and tells how far it has come meanwhile. */
async function whileTelling(
  work: Promise<void>,
  tell: () => Promise<unknown>,
): Promise<void> {
  const done = work.then(() => true);
  while (!(await Promise.race([done, sleep(TELL_INTERVAL_MS, false)])))
    await tell();
}
