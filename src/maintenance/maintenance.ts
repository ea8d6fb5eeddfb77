import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
} from '@nestjs/common';
import { describeError } from '../common/errors/describe-error.js';

/**
 * Work that comes due by the passing of time. It is done in bounded transactions, stops between two of them once the
 * signal is aborted, and may be done by several processes at once. What it deletes for good is old by `SteadyClock`.
 */
export type Chore = (signal: AbortSignal) => Promise<void>;

const FIRST_ROUND_MS = 2_000;
const ROUND_EVERY_MS = 3_600_000;

/** Does the chores of all features shortly after the start and then every hour, in the server and never in the CLI. */
@Injectable()
export class Maintenance implements BeforeApplicationShutdown {
  readonly #logger = new Logger(Maintenance.name);
  readonly #chores = new Map<string, Chore>();
  readonly #stopping = new AbortController();
  #round: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  /** Called by a feature while its module is set up. The name is for the log. */
  add(name: string, chore: Chore): void {
    if (this.#chores.has(name)) throw new Error(`two chores named ${name}`);
    this.#chores.set(name, chore);
  }

  start(): void {
    this.#schedule(FIRST_ROUND_MS);
  }

  /** Does every chore once. One that fails is logged, does not keep the others from being done, and comes again. */
  async runAll(): Promise<void> {
    for (const [name, chore] of this.#chores) {
      if (this.#stopping.signal.aborted) return;
      try {
        await chore(this.#stopping.signal);
      } catch (error) {
        this.#logger.error({ chore: name, error: describeError(error) });
      }
    }
  }

  /** The database is closed after this: waits for the transaction that is under way. */
  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stopping.abort();
    await this.#round;
  }

  #schedule(delayMs: number): void {
    if (this.#stopping.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#round = this.runAll();
      void this.#round.then(() => this.#schedule(ROUND_EVERY_MS));
    }, delayMs);
    // Never what keeps the process alive.
    this.#timer.unref();
  }
}
