import { AsyncResource } from 'node:async_hooks';
import { Injectable, Optional } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AppConfig } from '../../config/app-config.js';
import { WriteRefusedError } from '../../common/errors/write-refused.error.js';
import { UnavailableError } from '../../common/errors/common.errors.js';
import {
  type LastWork,
  TransactionRunner,
  type Work,
} from '../transaction-runner.js';
import { execute } from './sqlite.js';
import { Storage } from './storage.js';

const MAX_WAITING = 1_000;
const MAX_WAIT_MS = 10_000;
const RETRY_AFTER_SECONDS = 2;

/** A group takes no more works once it has this many, or is this old. */
const MAX_WORKS = 64;
const GROUP_MS = 25;

type Tell = () => void;

interface Turn {
  arrived: number;
  /** Gives what tells the caller that it is done. */
  work: Work<Tell>;
  refuse: (error: unknown) => void;
}

/**
 * The runner on SQLite: every write goes through this lane, one work at a time, in the order of arrival.
 *
 * TypeORM has one SQLite connection and lets a second caller's statements join the first one's transaction,
 * so that a rollback takes with it what the second was already told is saved. In the lane nobody meets anybody: each work
 * has every lock, and sees one moment, without asking for it.
 * Works that wait together share a commit, each in a savepoint of its own: docs/adr/0012-group-commit.md.
 */
@Injectable()
export class WriterLane extends TransactionRunner {
  readonly #queue: Turn[] = [];
  readonly #lastWork: LastWork[] = [];
  /** Nothing is written, so nobody has to wait for the lock, and nothing is derived. */
  readonly #readOnly: boolean;
  /** Callers that have not been told yet. */
  #waiting = 0;
  #serving = false;
  #running: EntityManager | undefined;
  /** Bound here, because the lane runs in no caller's context. */
  readonly #wake = AsyncResource.bind(() => {
    if (!this.#serving) void this.#serve();
  });

  constructor(
    @InjectDataSource() private readonly writer: DataSource,
    private readonly storage: Storage,
    @Optional() config?: AppConfig,
  ) {
    super();
    this.#readOnly = config?.database.readOnly ?? false;
  }

  run<T>(work: Work<T>): Promise<T> {
    if (this.#waiting >= MAX_WAITING)
      return Promise.reject(new UnavailableError(RETRY_AFTER_SECONDS));
    this.#waiting += 1;
    const told = new Promise<T>((resolve, reject) => {
      this.#queue.push({
        arrived: performance.now(),
        // Whatever it reads of its context is its caller's, though others have come before in the same group.
        work: AsyncResource.bind(async (manager: EntityManager) => {
          const result = await work(manager);
          return () => resolve(result);
        }),
        refuse: reject,
      });
    });
    this.#wake();
    return told.finally(() => (this.#waiting -= 1));
  }

  beforeCommit(work: LastWork): void {
    this.#lastWork.push(work);
  }

  isRunning(manager: EntityManager): boolean {
    return this.#running === manager;
  }

  async #serve(): Promise<void> {
    this.#serving = true;
    for (let turn = this.#next(); turn !== undefined; turn = this.#next())
      await this.#transact(turn);
    this.#serving = false;
  }

  #next(): Turn | undefined {
    for (;;) {
      const turn = this.#queue.shift();
      // While another process holds the lock, each BEGIN ends in a timeout: those behind must not add them up.
      if (turn === undefined || performance.now() - turn.arrived <= MAX_WAIT_MS)
        return turn;
      turn.refuse(new UnavailableError(RETRY_AFTER_SECONDS));
    }
  }

  /** One group: `first`, and whoever waits by the time that it is done, and so on. */
  async #transact(first: Turn): Promise<void> {
    try {
      this.storage.assertLikelyInPlace();
    } catch (error) {
      // Nothing is begun: what could be rolled back would be another's, who saves the log.
      first.refuse(error);
      return;
    }
    const turns = [first];
    const works: EntityManager[] = [];
    const outcomes: Tell[] = [];
    let isOpen = true;
    try {
      const begin = this.#readOnly ? 'BEGIN' : 'BEGIN IMMEDIATE';
      await execute(this.writer, `${begin}; SAVEPOINT work`);
      const end = performance.now() + GROUP_MS;
      outcomes.push(await this.#work(first, works));
      while (turns.length < MAX_WORKS && performance.now() < end) {
        const turn = this.#next();
        if (turn === undefined) break;
        turns.push(turn);
        await execute(this.writer, 'RELEASE work; SAVEPOINT work');
        outcomes.push(await this.#work(turn, works));
      }
      await this.#commit(works);
      isOpen = false;
      // Only now: before the commit there would be a moment left in which they can be moved.
      this.storage.assertInPlace();
    } catch (error) {
      this.storage.noteFailure(error);
      if (isOpen) await execute(this.writer, 'ROLLBACK').catch(() => undefined);
      // Whoever has thrown, too: it may have been because of what another had written, and that is undone.
      for (const turn of turns)
        turn.refuse(
          error instanceof WriteRefusedError && turn !== turns.at(-1)
            ? new UnavailableError(RETRY_AFTER_SECONDS)
            : error,
        );
      return;
    }
    for (const tell of outcomes) tell();
  }

  /** @throws what the work has thrown, when there is more undone than this work. */
  async #work(turn: Turn, works: EntityManager[]): Promise<Tell> {
    // One for each work, for it to be known by.
    const manager = this.writer.createEntityManager();
    this.#running = manager;
    try {
      const tell = await turn.work(manager);
      works.push(manager);
      return tell;
    } catch (error) {
      this.storage.noteFailure(error);
      // SQLite rolls everything back by itself on some errors (disk full); then there is no savepoint any more.
      await execute(this.writer, 'ROLLBACK TO work').catch(() => {
        throw error;
      });
      return () => turn.refuse(error);
    } finally {
      this.#running = undefined;
    }
  }

  async #commit(works: readonly EntityManager[]): Promise<void> {
    const writes = works.length > 0 && !this.#readOnly;
    if (writes)
      for (const last of this.#lastWork) await last(this.writer.manager, works);
    await execute(this.writer, writes ? 'COMMIT' : 'ROLLBACK');
  }
}
