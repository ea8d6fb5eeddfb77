import { setImmediate as nextTurn } from 'node:timers/promises';

const MAX_STRETCH_MS = 8;

/** For long loops without waiting in them: lets the event loop turn now and then, so that nobody else has to wait. */
export class Breather {
  #since = performance.now();

  async pause(): Promise<void> {
    if (performance.now() - this.#since < MAX_STRETCH_MS) return;
    await nextTurn();
    this.#since = performance.now();
  }
}
