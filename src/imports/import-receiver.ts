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
import { ImportBatchWriter } from './import-batch-writer.js';
import { ImportIntake } from './import-intake.js';
import { ImportLease } from './import-lease.js';
import { MOST_IMPORT_ROWS } from './import-limits.js';
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

/** Reads an upload into the database, piece by piece. Until its last byte is here there is no import; if that never comes, nothing is left. */
@Injectable()
export class ImportReceiver implements BeforeApplicationShutdown {
  readonly #stopping = new AbortController();
  readonly #open = new Set<Promise<unknown>>();

  constructor(
    private readonly intake: ImportIntake,
    private readonly batches: ImportBatchWriter,
    private readonly cleaner: ImportsCleaner,
    private readonly lease: ImportLease,
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
    const id = await this.transactions.run((manager) =>
      this.intake.begin(manager, dryRun),
    );
    try {
      const hash = createHash('sha256');
      const chunks = pacedChunks(source, { stop, isPatient });
      return await this.lease.keepDuring(id, async () => {
        await this.#read(id, hashed(chunks, hash), refuseOtherKinds);
        return this.transactions.run(async (manager) => {
          await this.intake.complete(manager, id, dryRun);
          return andThen(manager, id, hash.digest('base64url'));
        });
      });
    } catch (error) {
      await this.cleaner.remove(id);
      throw error;
    }
  }

  async #read(
    id: number,
    chunks: Chunks,
    refuseOtherKinds = false,
  ): Promise<void> {
    const batch = this.batches.of(id);
    const breather = new Breather();
    let rows = 0;
    for await (const { number, bytes } of ndjsonLines(chunks)) {
      rows += 1;
      if (rows > MOST_IMPORT_ROWS) throw new BodyTooLargeError();
      const row = readRow(bytes);
      if (refuseOtherKinds && rows === 1 && isUnreadable(row))
        throw new ValidationFailedError([
          { pointer: '', code: 'INVALID_FORMAT' },
        ]);
      await batch.add(number, row, bytes?.length ?? 0);
      await breather.pause();
    }
    await batch.flush();
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
