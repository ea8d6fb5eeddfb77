import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { auditContext, OPERATOR } from '../audit/audit-context.js';
import { Breather } from '../common/breather.js';
import {
  BodyTooLargeError,
  ValidationFailedError,
} from '../common/errors/common.errors.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import type { HeldJob } from '../jobs/job.entity.js';
import { Jobs } from '../jobs/jobs.js';
import { ImportIntake, type NumberedRow } from './import-intake.js';
import { BATCH_BYTES, BATCH_ROWS, MAX_IMPORT_ROWS } from './import-limits.js';
import { ImportsCleaner } from './imports.cleaner.js';
import { ndjsonLines } from './ndjson-lines.js';
import { type Chunks, pacedChunks } from './paced-chunks.js';
import { isUnreadable, readRow } from './read-row.js';

export interface ReceiveOptions {
  dryRun: boolean;
  /** Refuses a file whose first line is no JSON: it is of another kind, and each of its lines would only say so again. */
  refuseOtherKinds?: boolean;
  /** Ends it before its time. */
  signal?: AbortSignal;
}

/** Runs in the transaction that makes it an import, with the SHA-256 of the file. */
type AndThen<T> = (
  manager: EntityManager,
  id: number,
  digest: string,
) => Promise<T>;

/**
 * Reads an upload into the database, a batch of rows in a transaction: whoever waits for a slow sender, the writer lane does not.
 * Until its last byte is here there is no import; if that never comes, nothing is left.
 */
@Injectable()
export class ImportReceiver implements BeforeApplicationShutdown {
  readonly #stopping = new AbortController();
  readonly #open = new Set<Promise<unknown>>();

  constructor(
    private readonly intake: ImportIntake,
    private readonly cleaner: ImportsCleaner,
    private readonly jobs: Jobs,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Before the database is closed. What is on its way has to be sent again: its sender might take longer than there is time. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#open);
  }

  /**
   * @param source NDJSON; not destroyed, so that its connection can still carry the answer.
   * @returns what `andThen` returns.
   * @throws BodyTooLargeError, MalformedRequestError when the stream breaks off or is too slow, UnavailableError when too
   * many are on their way or the process is about to end, ValidationFailedError when there is no row or the file is of another kind.
   */
  async receive<T>(
    source: Readable,
    { signal, ...options }: ReceiveOptions,
    andThen: AndThen<T>,
  ): Promise<T> {
    const ends = [this.#stopping.signal, signal];
    const stop = AbortSignal.any(ends.filter((end) => end !== undefined));
    const received = this.#receive(source, options, stop, andThen);
    this.#open.add(received);
    try {
      return await received;
    } finally {
      this.#open.delete(received);
    }
  }

  async #receive<T>(
    source: Readable,
    { dryRun, refuseOtherKinds }: ReceiveOptions,
    stop: AbortSignal,
    andThen: AndThen<T>,
  ): Promise<T> {
    const isPatient = auditContext().actor === OPERATOR;
    const job = await this.transactions.run(
      (manager) => this.intake.begin(manager, dryRun),
      { lock: 'imports' },
    );
    try {
      const hash = createHash('sha256');
      const chunks = pacedChunks(source, { stop, isPatient });
      return await this.jobs.keepDuring(job, async () => {
        await this.#read(job, hashed(chunks, hash), refuseOtherKinds);
        return this.transactions.run(async (manager) => {
          await this.intake.complete(manager, job, dryRun);
          return andThen(
            manager,
            Number(job.subject),
            hash.digest('base64url'),
          );
        });
      });
    } catch (error) {
      await this.cleaner.remove(Number(job.subject));
      await this.jobs.end(job);
      throw error;
    }
  }

  async #read(
    job: HeldJob,
    chunks: Chunks,
    refuseOtherKinds = false,
  ): Promise<void> {
    const breather = new Breather();
    let rows = 0;
    let batch: NumberedRow[] = [];
    let batchBytes = 0;
    const flush = async (): Promise<void> => {
      const full = batch;
      batch = [];
      batchBytes = 0;
      await this.transactions.run(
        (manager) => this.intake.addRows(manager, job, full),
        { lock: 'imports' },
      );
    };
    for await (const { number, bytes } of ndjsonLines(chunks)) {
      rows += 1;
      if (rows > MAX_IMPORT_ROWS) throw new BodyTooLargeError();
      const row = readRow(bytes);
      if (refuseOtherKinds && rows === 1 && isUnreadable(row))
        throw new ValidationFailedError([
          { pointer: '', code: 'INVALID_FORMAT' },
        ]);
      batch.push({ ...row, line: number });
      batchBytes += bytes?.length ?? 0;
      if (batch.length >= BATCH_ROWS || batchBytes >= BATCH_BYTES)
        await flush();
      await breather.pause();
    }
    if (batch.length > 0) await flush();
    if (rows === 0)
      throw new ValidationFailedError([{ pointer: '', code: 'REQUIRED' }]);
  }
}

async function* hashed(chunks: Chunks, hash: Hash): Chunks {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}
