import { inspect } from 'node:util';

const HIDDEN = '[gizli]';

/** A plaintext that must not be seen: text, JSON, templates, logs and `inspect` all show `[gizli]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The plaintext, for the one call that needs it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}

/**
 * What opening a stored secret gives. A caller has to look at the state before there is anything to use,
 * so that an unreadable key can never be sent or shown as if it were one.
 */
export type OpenedSecret =
  | { state: 'ok'; secret: Secret }
  | { state: 'missing' }
  | { state: 'unreadable' };
