import { Injectable } from '@nestjs/common';

/** Held for bodies that are not whole yet, or not parsed: before anybody knows who sends them. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** So that one network leaves room for the others. */
const MAX_OF_A_NETWORK = MAX_BODY_BYTES / 4;
/** What a chunk takes besides its bytes; a body may come in chunks of one byte. */
const BYTES_OF_A_CHUNK = 256;

/** How much memory the bodies of all requests hold together. */
@Injectable()
export class BodyBudget {
  readonly #ofNetwork = new Map<string, number>();
  #held = 0;

  /** Opens the account of one body, whose sender is in `network`. */
  open(network: string): BodyShare {
    let own = 0;
    return {
      take: (bytes) => {
        const more = bytes + BYTES_OF_A_CHUNK;
        const held = this.#ofNetwork.get(network) ?? 0;
        if (
          this.#held + more > MAX_BODY_BYTES ||
          held + more > MAX_OF_A_NETWORK
        )
          return false;
        own += more;
        this.#count(network, more);
        return true;
      },
      end: () => {
        this.#count(network, -own);
        own = 0;
      },
    };
  }

  #count(network: string, change: number): void {
    this.#held += change;
    const held = (this.#ofNetwork.get(network) ?? 0) + change;
    if (held === 0) this.#ofNetwork.delete(network);
    else this.#ofNetwork.set(network, held);
  }
}

export interface BodyShare {
  /** Room for one more chunk; false when there is none. */
  take(bytes: number): boolean;
  /** Gives everything back. */
  end(): void;
}
