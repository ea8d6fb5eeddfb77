import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnModuleInit,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { READER } from '../database/data-source-options.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { Maintenance } from './maintenance.js';
import { SteadyClockState } from './steady-clock.entity.js';
import {
  look,
  MAX_DRIFT_MS,
  NOTHING_SEEN,
  type SteadyTime,
} from './steady-time.js';

const ONLY = 1;
const HOUR_MS = 3_600_000;

interface Seen {
  time: SteadyTime;
  /** When, by the process's monotonic clock. */
  at: number;
}

/**
 * The time for whatever cannot be undone: never later than the clock says, and never later than the time that has been seen
 * to pass. docs/adr/0023-steady-clock.md
 */
@Injectable()
export class SteadyClock implements OnModuleInit, BeforeApplicationShutdown {
  readonly #logger = new Logger(SteadyClock.name);
  #seen: Seen | undefined;
  #isObserving = false;
  #told = 0;

  constructor(
    @InjectDataSource(READER) private readonly reader: DataSource,
    private readonly transactions: TransactionRunner,
    private readonly maintenance: Maintenance,
  ) {}

  onModuleInit(): void {
    this.maintenance.add('look at the clock', () => this.observe());
  }

  /** The time since the last round has been seen to pass, too. Never in the CLI, which does no rounds. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.#isObserving)
      await this.observe().catch(() =>
        this.#logger.warn('the time that has passed could not be written'),
      );
  }

  /** By which age is judged before something is deleted for good. Writes nothing. */
  async now(): Promise<Date> {
    this.#seen ??= this.#look(await this.#stored(this.reader.manager));
    return new Date(Math.min(Date.now(), this.#own()));
  }

  /** Compares the clock with the time that has passed, and stores that for other processes and the next start. */
  async observe(): Promise<void> {
    this.#isObserving = true;
    await this.transactions.run((manager) => this.#observe(manager), {
      lock: 'clock',
    });
  }

  async #observe(manager: EntityManager): Promise<void> {
    const stored = await this.#stored(manager);
    this.#tell(stored);
    this.#seen = this.#look(stored);
    const { trustedAt, gap, noticedAt } = this.#seen.time;
    await manager.upsert(
      SteadyClockState,
      {
        id: ONLY,
        trustedAt: new Date(trustedAt),
        gapMs: gap,
        noticedAt: noticedAt === null ? null : new Date(noticedAt),
      },
      ['id'],
    );
  }

  #look(stored: SteadyTime): Seen {
    return {
      time: look(stored, this.#own(), Date.now()),
      at: performance.now(),
    };
  }

  /** What this process takes for the trusted time. */
  #own(): number {
    if (this.#seen === undefined) return 0;
    const { time, at } = this.#seen;
    return Math.floor(time.trustedAt + performance.now() - at);
  }

  #tell(stored: SteadyTime): void {
    const ahead = Date.now() - Math.max(stored.trustedAt, this.#own());
    if (ahead > this.#told + MAX_DRIFT_MS)
      this.#logger.warn(
        `The clock is ${hours(ahead)} ahead of the time that this service has seen pass. Until a day has passed, nothing is deleted because of its age. If the service was off, or the clock was wrong before, all is well; otherwise set the clock right.`,
      );
    else if (ahead < -MAX_DRIFT_MS)
      this.#logger.warn(
        `The clock has gone back by ${hours(-ahead)}. Nothing is deleted too early because of it. If it is wrong now, set it right.`,
      );
    this.#told = Math.max(0, ahead);
  }

  async #stored(manager: EntityManager): Promise<SteadyTime> {
    const state = await manager.findOneBy(SteadyClockState, { id: ONLY });
    if (state === null) return NOTHING_SEEN;
    const { trustedAt, gapMs, noticedAt } = state;
    return {
      // A damaged date is null: nothing is known.
      trustedAt: (trustedAt as Date | null)?.getTime() ?? 0,
      gap: gapMs,
      noticedAt: noticedAt?.getTime() ?? null,
    };
  }
}

function hours(ms: number): string {
  return `${(ms / HOUR_MS).toFixed(1)} hours`;
}
