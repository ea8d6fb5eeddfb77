import type { EntityManager } from 'typeorm';
import type { LockName } from './locks.js';

export type Work<T> = (manager: EntityManager) => Promise<T>;
export type LastWork = (
  manager: EntityManager,
  works: readonly EntityManager[],
) => Promise<void>;

export interface TransactionOptions {
  /** Works that name the same lock run one after the other. */
  lock?: LockName;
  /** All that the work reads is of one moment, however many statements it takes. */
  snapshot?: boolean;
}

/**
 * Runs whatever writes. Works may run beside each other: what one reads with its manager and then decides by stays as it is until
 * the work ends, and what it decides by rows that may be added or taken away meanwhile needs a lock with a name.
 * docs/adr/0028-what-relies-on-one-writer.md
 */
export abstract class TransactionRunner {
  /**
   * Runs `work` in a transaction of its own.
   * Only the manager that it is given may be used inside, and nothing slow may be awaited there.
   * @returns what `work` returns, once it is committed to disk.
   * @throws whatever `work` throws, after it is undone; what the commit fails with; UnavailableError when too many wait,
   * or too long, and when the database is not in its place any more.
   */
  abstract run<T>(work: Work<T>, options?: TransactionOptions): Promise<T>;

  /**
   * Does `work` before every commit from now on: what is derived from the data is committed with it.
   * It is given the managers of the works that are about to be committed, in their order: what was noted under another is void.
   */
  abstract beforeCommit(work: LastWork): void;

  /** Whether the work that was given this manager is still running. */
  abstract isRunning(manager: EntityManager): boolean;
}
