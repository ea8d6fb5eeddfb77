export interface TryLimits {
  /** Tries in the span, at most. */
  max: number;
  spanMs: number;
  /** Tries without a wait; then each makes the next wait twice as long. */
  free: number;
}

/** Bounds the memory: some 400 bytes for each key at most, whoever makes up keys. */
const MAX_KEYS = 100_000;
const FIRST_WAIT_MS = 1_000;

/**
 * Counts tries in the time just past. A try is judged and counted without a pause in between, so that parallel ones count, too.
 * The steady clock is used: a change of the wall clock ends no wait.
 */
export class TryCounter {
  /** When the tries were made. The key that was used longest ago comes first, and is forgotten first. */
  readonly #tries = new Map<string, readonly number[]>();

  constructor(private readonly limits: TryLimits) {}

  get size(): number {
    return this.#tries.size;
  }

  /** @returns milliseconds until the next try; 0 when it may be made now. */
  wait(key: string): number {
    const now = performance.now();
    const { max, spanMs, free } = this.limits;
    const tries = this.#recent(key, now).slice(-max);
    const last = tries.at(-1);
    if (last === undefined) return 0;
    const pause =
      tries.length < free ? 0 : FIRST_WAIT_MS * 2 ** (tries.length - free);
    const full = tries.length < max ? 0 : (tries.at(-max) ?? now) + spanMs;
    return Math.max(0, full - now, last + Math.min(pause, spanMs) - now);
  }

  /**
   * @returns gives back this very try, and none of others. One that comes while the key has had its most stays: whoever
   * opens an account of their own meanwhile would otherwise make room for guesses.
   */
  count(key: string): () => void {
    const now = performance.now();
    const before = this.#recent(key, now);
    const { max } = this.limits;
    // No more of them than the max can be given back, so as many more are kept: what is left then still tells the most.
    const tries = [...before, now].slice(-2 * max);
    this.#tries.delete(key);
    this.#dropOld(now);
    this.#tries.set(key, tries);
    return before.length < max ? () => this.#giveBack(key, now) : () => {};
  }

  forget(key: string): void {
    this.#tries.delete(key);
  }

  #giveBack(key: string, at: number): void {
    const tries = this.#tries.get(key) ?? [];
    const index = tries.indexOf(at);
    if (index === -1) return;
    const rest = tries.toSpliced(index, 1);
    if (rest.length === 0) this.#tries.delete(key);
    else this.#tries.set(key, rest);
  }

  #recent(key: string, now: number): readonly number[] {
    const tries = this.#tries.get(key) ?? [];
    return tries.filter((at) => now - at < this.limits.spanMs);
  }

  #dropOld(now: number): void {
    for (const [key, tries] of this.#tries) {
      const isOver = now - (tries.at(-1) ?? 0) >= this.limits.spanMs;
      if (!isOver && this.#tries.size < MAX_KEYS) return;
      this.#tries.delete(key);
    }
  }
}
