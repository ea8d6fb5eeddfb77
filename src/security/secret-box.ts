import { Injectable } from '@nestjs/common';
import { KeyRing } from './key-ring.js';

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

export type StoredSecret = Omit<SealedSecret, 'hint'>;

/** Encrypts secrets for a place, named as `tenants/42/openai_api_key`, and opens them nowhere else. */
@Injectable()
export class SecretBox {
  constructor(private readonly keys: KeyRing) {}

  seal(plaintext: string, place: string): SealedSecret {
    return this.#bind(
      this.keys.encrypt(plaintext),
      this.keys.primaryKid,
      plaintext,
      place,
    );
  }

  /** @returns the plaintext, or undefined when the secret was not sealed for this place or its key is gone. */
  open(secret: StoredSecret, place: string): string | undefined {
    return this.isReadable(secret, place)
      ? this.keys.decrypt(secret.token)?.plaintext
      : undefined;
  }

  /** Whether `open` would succeed. Decrypts nothing. */
  isReadable({ token, kid, mac }: StoredSecret, place: string): boolean {
    return this.keys.isBound(kid, place, token, mac);
  }

  /** Seals a bare token of the old application for its place; undefined when no key opens it. */
  adopt(token: string, place: string): SealedSecret | undefined {
    const opened = this.keys.decrypt(token);
    return opened && this.#bind(token, opened.kid, opened.plaintext, place);
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
