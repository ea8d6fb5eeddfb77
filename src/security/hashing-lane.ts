import { UnavailableError } from '../common/errors/common.errors.js';

const RETRY_AFTER_SECONDS = 5;

/** Those who have something to be hashed: a bounded number of them, and of each caller's. */
export class HashingLane {
  readonly #underWay = new Map<string, number>();
  /** By caller; the one whose turn is longest ago comes first. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #total = 0;

  /** @param max waiting and being worked on, of all callers and of each. */
  constructor(
    private readonly max: number,
    private readonly maxPerCaller: number,
  ) {}

  /** @throws UnavailableError when the lane, or the caller's part of it, is full. */
  enter(caller: string): void {
    const own = this.#underWay.get(caller) ?? 0;
    if (this.#total >= this.max || own >= this.maxPerCaller)
      throw new UnavailableError(RETRY_AFTER_SECONDS);
    this.#total += 1;
    this.#underWay.set(caller, own + 1);
  }

  leave(caller: string): void {
    const left = (this.#underWay.get(caller) ?? 0) - 1;
    this.#total -= 1;
    if (left > 0) this.#underWay.set(caller, left);
    else this.#underWay.delete(caller);
  }

  /** Resolves when it is this caller's turn. */
  wait(caller: string): Promise<void> {
    return new Promise((resolve) => {
      const own = this.#waiting.get(caller);
      if (own === undefined) this.#waiting.set(caller, [resolve]);
      else own.push(resolve);
    });
  }

  /** Callers take turns, so that one who sends much keeps no other waiting. @returns false when nobody waits. */
  wakeNext(): boolean {
    const [first] = this.#waiting;
    if (first === undefined) return false;
    const [caller, [wake, ...others]] = first;
    this.#waiting.delete(caller);
    if (others.length > 0) this.#waiting.set(caller, others);
    wake?.();
    return true;
  }
}
