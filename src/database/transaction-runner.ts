import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { UnavailableError } from '../common/errors/common.errors.js';

const MAX_WAITING = 1_000;
const LONGEST_WAIT_MS = 10_000;
const RETRY_AFTER_SECONDS = 2;

type Work<T> = (manager: EntityManager) => Promise<T>;

/**
 * The writer lane: every write goes through here, one transaction at a time, in the order of arrival.
 *
 * TypeORM has one SQLite connection and lets a second caller's statements join the first one's transaction,
 * so that a rollback takes with it what the second was already told is saved. In the lane nobody meets anybody.
 */
@Injectable()
export class TransactionRunner {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  readonly #lastWork: Work<void>[] = [];

  constructor(@InjectDataSource() private readonly writer: DataSource) {}

  /**
   * Runs `work` in a transaction that holds the write lock from its first statement on.
   * Only the manager that it is given may be used inside, and nothing slow may be awaited there.
   * @returns what `work` returns, once it is committed to disk.
   * @throws whatever `work` throws, after the rollback; UnavailableError when too many wait, or too long.
   */
  run<T>(work: Work<T>): Promise<T> {
    if (this.#waiting >= MAX_WAITING)
      return Promise.reject(new UnavailableError(RETRY_AFTER_SECONDS));
    this.#waiting += 1;
    const arrived = performance.now();
    const turn = this.#last
      .then(() => {
        // While another process holds the lock, each turn ends in a timeout: those behind must not add them up.
        if (performance.now() - arrived > LONGEST_WAIT_MS)
          throw new UnavailableError(RETRY_AFTER_SECONDS);
        return this.#transact(work);
      })
      .finally(() => (this.#waiting -= 1));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Does `work` at the end of every transaction from now on: what is derived from the data is committed with it. */
  beforeCommit(work: Work<void>): void {
    this.#lastWork.push(work);
  }

  async #transact<T>(work: Work<T>): Promise<T> {
    await this.writer.query('BEGIN IMMEDIATE');
    try {
      const result = await work(this.writer.manager);
      for (const last of this.#lastWork) await last(this.writer.manager);
      await this.writer.query('COMMIT');
      return result;
    } catch (error) {
      // SQLite rolls back by itself on some errors (disk full); then there is nothing left to roll back.
      await this.writer.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }
}
