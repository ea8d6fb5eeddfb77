import { realpathSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { isDatabaseUnavailable } from '../query-errors.js';
import { Storage } from './storage.js';
import { TransactionRunner } from '../transaction-runner.js';

/** A write that went well tells of this time. */
const GOOD_FOR_MS = 2_000;
/** Whoever asks is answered by then, from what was known before. */
const MAX_WAIT_MS = 1_000;
/** As much as a single change may need; a page or two may still fit into a disk that has less. */
const MIN_FREE_BYTES = 512 * 1024;

/** Finds out whether a write would be kept, by writing. */
@Injectable()
export class WriteProbe {
  readonly #folder: string;
  #running: Promise<void> | undefined;
  #isUp = true;
  #writtenAt = -Infinity;

  constructor(
    @InjectDataSource() writer: DataSource,
    private readonly storage: Storage,
    private readonly transactions: TransactionRunner,
  ) {
    // Where a link leads to.
    this.#folder = dirname(realpathSync(String(writer.options.database)));
  }

  async isUp(): Promise<boolean> {
    if (!this.storage.isInPlace || isNearlyFull(this.#folder)) return false;
    const isFresh = performance.now() - this.#writtenAt < GOOD_FOR_MS;
    if (this.#isUp && !this.storage.hasFailed && isFresh) return true;
    this.#running ??= this.#probe().finally(() => (this.#running = undefined));
    await Promise.race([
      this.#running,
      sleep(MAX_WAIT_MS, undefined, { ref: false }),
    ]);
    return this.#isUp && !this.storage.hasFailed;
  }

  async #probe(): Promise<void> {
    try {
      await this.transactions.run(touch);
      this.storage.noteWritten();
      this.#isUp = true;
      this.#writtenAt = performance.now();
    } catch (error) {
      // Too many may be waiting, which says nothing of the disk.
      if (isDatabaseUnavailable(error) || !this.storage.isInPlace)
        this.#isUp = false;
    }
  }
}

/** Writes what is there already: SQLite puts the page into its log all the same. */
async function touch(manager: EntityManager): Promise<void> {
  const [row] = await manager.query<{ user_version: number }[]>(
    'PRAGMA user_version',
  );
  await manager.query(`PRAGMA user_version = ${row?.user_version ?? 0}`);
}

/** File systems that do not tell their size are never full. */
function isNearlyFull(folder: string): boolean {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return blocks > 0 && bavail * bsize < MIN_FREE_BYTES;
  } catch {
    return false;
  }
}
