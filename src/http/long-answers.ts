import { Injectable } from '@nestjs/common';
import { UnavailableError } from '../common/errors/common.errors.js';

/** Each holds a piece of `PIECE_BYTES` for its reader, however slow: 32 MiB in all. */
const MAX_LONG_ANSWERS = 256;
/** Of one caller, so that it keeps no other from theirs. */
const MAX_OF_A_CALLER = 192;
const MAX_WAIT_MS = 5_000;
const RETRY_AFTER_SECONDS = 5;

interface Waiting {
  caller: string;
  begin: () => void;
}

/** The answers under way whose size the stored data decides: so many at once, however many are asked for. */
@Injectable()
export class LongAnswers {
  readonly #ofCaller = new Map<string, number>();
  readonly #waiting = new Set<Waiting>();
  #underWay = 0;

  /**
   * Waits until there is room for one more.
   * @returns ends it.
   * @throws UnavailableError when there is none for too long.
   */
  async begin(caller: string): Promise<() => void> {
    if (!this.#hasRoomFor(caller)) await this.#turnOf(caller);
    else this.#count(caller, 1);
    return () => {
      this.#count(caller, -1);
      this.#letNextBegin();
    };
  }

  #turnOf(caller: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#waiting.delete(waiting);
        reject(new UnavailableError(RETRY_AFTER_SECONDS));
      }, MAX_WAIT_MS);
      const begin = (): void => {
        clearTimeout(late);
        resolve();
      };
      const waiting = { caller, begin };
      this.#waiting.add(waiting);
    });
  }

  #letNextBegin(): void {
    for (const waiting of this.#waiting)
      if (this.#hasRoomFor(waiting.caller)) {
        this.#waiting.delete(waiting);
        this.#count(waiting.caller, 1);
        waiting.begin();
        return;
      }
  }

  #hasRoomFor(caller: string): boolean {
    return (
      this.#underWay < MAX_LONG_ANSWERS &&
      (this.#ofCaller.get(caller) ?? 0) < MAX_OF_A_CALLER
    );
  }

  #count(caller: string, change: 1 | -1): void {
    this.#underWay += change;
    const count = (this.#ofCaller.get(caller) ?? 0) + change;
    if (count === 0) this.#ofCaller.delete(caller);
    else this.#ofCaller.set(caller, count);
  }
}
