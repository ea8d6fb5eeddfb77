import type { Response } from 'express';
import { PIECE_BYTES } from '../common/in-pieces.js';
import { callerOf } from './caller-of.js';

/** Of answers that were sent in one piece and whose readers have not taken them yet. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;

interface Held {
  caller: string;
  bytes: number;
}

/**
 * The large answers that wait in memory for their readers: a single row of an old database may have megabytes. Nobody waits
 * for room, as what was asked for may have been a write: beyond the bound the oldest of whoever holds most is broken off.
 */
export class HeldAnswers {
  /** Oldest first. */
  readonly #held = new Map<Response, Held>();
  readonly #ofCaller = new Map<string, number>();
  #bytes = 0;

  /** @param response that has just been sent. */
  add(response: Response): void {
    const bytes = response.writableLength;
    // A value that becomes JSON passes here twice.
    if (bytes <= PIECE_BYTES || this.#held.has(response)) return;
    const caller = callerOf(response.req);
    this.#held.set(response, { caller, bytes });
    this.#count(caller, bytes);
    response.once('close', () => this.#remove(response));
    while (this.#bytes > MAX_HELD_BYTES) this.#breakOffOne();
  }

  #breakOffOne(): void {
    const [most] = [...this.#ofCaller].reduce((a, b) => (b[1] > a[1] ? b : a));
    for (const [response, { caller }] of this.#held)
      if (caller === most) {
        this.#remove(response);
        // Its connection too, where it waits behind another answer of it.
        response.req.socket.destroy();
        return;
      }
  }

  #remove(response: Response): void {
    const held = this.#held.get(response);
    if (held === undefined) return;
    this.#held.delete(response);
    this.#count(held.caller, -held.bytes);
  }

  #count(caller: string, change: number): void {
    this.#bytes += change;
    const bytes = (this.#ofCaller.get(caller) ?? 0) + change;
    if (bytes === 0) this.#ofCaller.delete(caller);
    else this.#ofCaller.set(caller, bytes);
  }
}
