import { HashingLane } from './hashing-lane.js';

const MAX_SIGN_INS = 64;
const MAX_OTHERS = 128;
const MAX_OTHERS_PER_CALLER = 32;

/** So many sign-ins may go before somebody else who waits. */
const MAX_SIGN_INS_IN_A_ROW = 3;

/**
 * Who may use the threads, and in which order. Sign-ins have a lane of their own, which nobody who creates, changes or
 * imports accounts can fill, and they go first; yet a flood of them does not stop the others.
 */
export class HashingTurns {
  readonly #signIns = new HashingLane(MAX_SIGN_INS, MAX_SIGN_INS);
  readonly #others = new HashingLane(MAX_OTHERS, MAX_OTHERS_PER_CALLER);
  #free: number;
  #signInsInARow = 0;

  /** @param threads how many may be at work at once. */
  constructor(threads: number) {
    this.#free = threads;
  }

  /** @throws UnavailableError when too many sign-ins wait. */
  forSignIn<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(this.#signIns, '', work);
  }

  /**
   * @param caller on whose behalf: each has a bounded part of the lane.
   * @throws UnavailableError when too much waits, of this caller's or of all.
   */
  forCaller<T>(caller: string, work: () => Promise<T>): Promise<T> {
    return this.#inTurn(this.#others, caller, work);
  }

  async #inTurn<T>(
    lane: HashingLane,
    caller: string,
    work: () => Promise<T>,
  ): Promise<T> {
    lane.enter(caller);
    try {
      if (this.#free > 0) this.#free -= 1;
      else await lane.wait(caller);
      try {
        return await work();
      } finally {
        this.#passOn();
      }
    } finally {
      lane.leave(caller);
    }
  }

  #passOn(): void {
    const othersFirst = this.#signInsInARow >= MAX_SIGN_INS_IN_A_ROW;
    if (othersFirst && this.#wakeOther()) return;
    if (this.#signIns.wakeNext()) this.#signInsInARow += 1;
    else if (!this.#wakeOther()) this.#free += 1;
  }

  #wakeOther(): boolean {
    this.#signInsInARow = 0;
    return this.#others.wakeNext();
  }
}
