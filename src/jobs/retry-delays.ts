const FIRST_DELAY_MS = 5_000;
const MAX_DELAY_MS = 60_000;
const MAX_REMEMBERED = 1_000;

/**
 * When jobs that have failed may be tried again: each time they wait twice as long. By steady time, in this process alone, so
 * that no wall clock that was set back makes them wait.
 */
export class RetryDelays {
  readonly #failed = new Map<number, { delay: number; until: number }>();

  constructor(private readonly now = () => performance.now()) {}

  /** The job has failed once more. */
  note(id: number): void {
    const last = this.#failed.get(id);
    const delay = Math.min(
      MAX_DELAY_MS,
      last === undefined ? FIRST_DELAY_MS : last.delay * 2,
    );
    this.#failed.delete(id);
    this.#failed.set(id, { delay, until: this.now() + delay });
    const [oldest] = this.#failed.keys();
    if (this.#failed.size > MAX_REMEMBERED && oldest !== undefined)
      this.#failed.delete(oldest);
  }

  forget(id: number): void {
    this.#failed.delete(id);
  }

  /** Ids of the jobs that are not to be tried yet. */
  waiting(): number[] {
    const now = this.now();
    return [...this.#failed].flatMap(([id, { until }]) =>
      until > now ? id : [],
    );
  }
}
