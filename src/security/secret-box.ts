import { Injectable } from '@nestjs/common';
import { KeyRing } from './key-ring.js';
import { type OpenedSecret, Secret } from './secret.js';

/** An encrypted value as it is stored, with what tells its key, its place and its last characters without decrypting. */
export interface SealedSecret {
  /** Fernet token. */
  token: string;
  kid: string;
  /** 64 hex digits that tie the token to its place. */
  mac: string;
  /** The last 4 characters of the plaintext. */
  hint: string;
}

/** What a row holds: no token when there is no secret, no kid and mac while it is not bound to its place. */
export interface StoredSecret {
  token: string;
  kid: string | null;
  mac: string | null;
}

export type SecretState = OpenedSecret['state'];

/** Encrypts secrets for a place, named as `tenants/42/openai_api_key`, and opens them nowhere else. */
@Injectable()
export class SecretBox {
  constructor(private readonly keys: KeyRing) {}

  /** The key that `seal` uses. */
  get kid(): string {
    return this.keys.primaryKid;
  }

  seal(plaintext: string, place: string): SealedSecret {
    return this.#bind(
      this.keys.encrypt(plaintext),
      this.keys.primaryKid,
      plaintext,
      place,
    );
  }

  /** Unreadable when the secret was not sealed for this place, has been tampered with, or its key is gone. */
  open(stored: StoredSecret, place: string): OpenedSecret {
    const state = this.stateOf(stored, place);
    if (state !== 'ok') return { state };
    const opened = this.keys.decrypt(stored.token);
    return opened === undefined
      ? { state: 'unreadable' }
      : { state, secret: new Secret(opened.plaintext) };
  }

  /** The state that `open` would give, without decrypting: cheap enough for lists. */
  stateOf({ token, kid, mac }: StoredSecret, place: string): SecretState {
    if (token === '') return 'missing';
    if (kid === null || mac === null) return 'unreadable';
    return this.keys.isBound(kid, place, token, mac) ? 'ok' : 'unreadable';
  }

  /** Opens a token whose place nothing tells; undefined when no key does. */
  openBare(token: string): Secret | undefined {
    const opened = this.keys.decrypt(token);
    return opened && new Secret(opened.plaintext);
  }

  /** Seals a bare token of the old application for its place, spelled properly; undefined when no key opens it. */
  adopt(stored: string, place: string): SealedSecret | undefined {
    const opened = this.keys.decrypt(stored);
    return (
      opened && this.#bind(opened.token, opened.kid, opened.plaintext, place)
    );
  }

  #bind(
    token: string,
    kid: string,
    plaintext: string,
    place: string,
  ): SealedSecret {
    const mac = this.keys.bind(kid, place, token);
    if (mac === undefined)
      throw new Error('the key that opened a token is not in the ring');
    return { token, kid, mac, hint: [...plaintext].slice(-4).join('') };
  }
}
