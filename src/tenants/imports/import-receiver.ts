import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/audit-log.service.js';
import { auditContext } from '../../audit/audit-context.js';
import { Breather } from '../../common/breather.js';
import {
  BodyTooLargeError,
  MalformedRequestError,
  UnavailableError,
  ValidationFailedError,
} from '../../common/errors/common.errors.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { ImportBatchWriter } from './import-batch-writer.js';
import { MOST_IMPORT_ROWS, MOST_UNFINISHED } from './import-limits.js';
import { ImportsCleaner } from './imports.cleaner.js';
import { ImportsRepository } from './imports.repository.js';
import { ndjsonLines } from './ndjson-lines.js';
import { readRow } from './read-row.js';

const RETRY_AFTER_SECONDS = 30;
/** Longer than Node lets a request take to arrive (`requestTimeout`, 300 s). */
const LEASE_MS = 600_000;

type Chunks = AsyncGenerator<Uint8Array | string>;

/** Reads an upload into the database, piece by piece. Until its last byte is here there is no import; if that never comes, nothing is left. */
@Injectable()
export class ImportReceiver {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly batches: ImportBatchWriter,
    private readonly cleaner: ImportsCleaner,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param source NDJSON; not destroyed, so that its connection can still carry the answer.
   * @param andThen runs in the transaction that makes it an import, with the SHA-256 of the file.
   * @returns what that returns.
   * @throws BodyTooLargeError, MalformedRequestError when the stream breaks, UnavailableError when too many are on their way,
   * ValidationFailedError when there is no row.
   */
  async receive<T>(
    source: Readable,
    dryRun: boolean,
    andThen: (manager: EntityManager, id: number, digest: string) => Promise<T>,
  ): Promise<T> {
    const id = await this.transactions.run((manager) =>
      this.#begin(manager, dryRun),
    );
    try {
      const hash = createHash('sha256');
      await this.#read(id, chunksOf(source, hash));
      const digest = hash.digest('base64url');
      return await this.transactions.run(async (manager) => {
        await this.#complete(manager, id, dryRun);
        return andThen(manager, id, digest);
      });
    } catch (error) {
      await this.cleaner.remove(id);
      throw error;
    }
  }

  async #begin(manager: EntityManager, dryRun: boolean): Promise<number> {
    const now = new Date();
    const unfinished = await this.imports.findUnfinished(manager);
    const alive = unfinished.filter(
      ({ state, leasedUntil }) =>
        state !== 'receiving' || (leasedUntil !== null && leasedUntil > now),
    );
    if (alive.length >= MOST_UNFINISHED)
      throw new UnavailableError(RETRY_AFTER_SECONDS);
    const { actor, address, requestId } = auditContext();
    return this.imports.insert(manager, {
      state: 'receiving',
      dryRun,
      actor,
      address,
      requestId,
      createdAt: now,
      leasedUntil: new Date(now.getTime() + LEASE_MS),
    });
  }

  async #read(id: number, chunks: Chunks): Promise<void> {
    const batch = this.batches.of(id);
    const breather = new Breather();
    let rows = 0;
    for await (const { number, bytes } of ndjsonLines(chunks)) {
      rows += 1;
      if (rows > MOST_IMPORT_ROWS) throw new BodyTooLargeError();
      await batch.add(number, readRow(bytes), bytes?.length ?? 0);
      await breather.pause();
    }
    await batch.flush();
    if (rows === 0)
      throw new ValidationFailedError([{ pointer: '', code: 'REQUIRED' }]);
  }

  async #complete(
    manager: EntityManager,
    id: number,
    dryRun: boolean,
  ): Promise<void> {
    const completed = await this.imports.change(
      manager,
      { id, state: 'receiving', holder: null },
      { state: 'pending', leasedUntil: null },
    );
    if (!completed) throw new UnavailableError(RETRY_AFTER_SECONDS);
    if (!dryRun)
      await this.audit.record(manager, {
        action: 'tenants.imported',
        target: `import:${id}`,
      });
  }
}

async function* chunksOf(source: Readable, hash: Hash): Chunks {
  try {
    // A `Readable` does not tell what its chunks are; those of requests, files and forms are bytes.
    const chunks = source.iterator({ destroyOnReturn: false }) as Chunks;
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  } catch (error) {
    throw new MalformedRequestError('', { cause: error });
  }
}
