import { monitorEventLoopDelay } from 'node:perf_hooks';

const TRIES = 3;

/** How long the event loop of this process was held at most, which is also the service's where a test runs it within. */
export class LoopHold {
  readonly #held: [what: string, ms: number][] = [];

  /**
   * Runs the work and takes down the longest hold. Where it is longer than the limit the work is done again: what holds
   * the loop by itself does so each time, another process that has the CPU does not.
   */
  async during(
    what: string,
    limitMs: number,
    work: () => Promise<void>,
  ): Promise<void> {
    let least = Infinity;
    for (let turn = 0; turn < TRIES && least > limitMs; turn += 1)
      least = Math.min(least, await holdDuring(work));
    this.#held.push([what, least]);
  }

  /** A line for each that held the loop for longer, the longest first. */
  over(limitMs: number): string[] {
    return this.#held
      .filter(([, ms]) => ms > limitMs)
      .toSorted(([, a], [, b]) => b - a)
      .map(([what, ms]) => `${ms.toFixed(0).padStart(6)} ms  ${what}`);
  }
}

async function holdDuring(work: () => Promise<void>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1_000_000;
}
