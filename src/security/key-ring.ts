import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { decryptFernet, encryptFernet } from './fernet.js';
import { canonicalToken } from './python-token.js';

/** About 4 MB. Twenty lists of the longest kind. */
const MAX_REMEMBERED = 10_000;

const BINDING_PURPOSE = 'sanal-resepsiyonist/binding/v1';

interface RingKey {
  kid: string;
  bytes: Buffer;
  bindingKey: Buffer;
}

export interface OpenedToken {
  plaintext: string;
  kid: string;
  token: string;
}

/**
 * The encryption keys in force: the first encrypts, all decrypt.
 * A key is known by its `kid`: the first 8 hex digits of SHA-256 over its 32 bytes.
 */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, RingKey>;
  readonly #primary: RingKey;
  /** What has been found bound, by place: a list asks for each of its rows, and again the next time. */
  readonly #bound = new LRUCache<string, string>({ max: MAX_REMEMBERED });

  /** @param keys 32 bytes each, at least one. */
  constructor(keys: readonly Buffer[]) {
    const ring = keys.map((bytes) => ({
      kid: kidOf(bytes),
      bytes,
      bindingKey: deriveBindingKey(bytes),
    }));
    const [primary] = ring;
    if (primary === undefined)
      throw new Error('a key ring needs at least one key');
    this.#primary = primary;
    this.#keys = new Map(ring.map((key) => [key.kid, key]));
  }

  get primaryKid(): string {
    return this.#primary.kid;
  }

  get kids(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** The same keys, each in a ring of its own. */
  each(): KeyRing[] {
    return [...this.#keys.values()].map(({ bytes }) => new KeyRing([bytes]));
  }

  /** @returns a Fernet token under the first key. */
  encrypt(plaintext: string): string {
    return encryptFernet(this.#primary.bytes, Buffer.from(plaintext, 'utf8'));
  }

  /**
   * @param stored a token, in any spelling that the old application could read.
   * @returns the text, the key that opened it and the token as it is spelled properly, or undefined when no key of the ring does.
   */
  decrypt(stored: string): OpenedToken | undefined {
    const token = canonicalToken(stored);
    if (token === undefined) return undefined;
    for (const { kid, bytes } of this.#keys.values()) {
      const plaintext = decryptFernet(bytes, token);
      if (plaintext !== undefined)
        return { plaintext: plaintext.toString('utf8'), kid, token };
    }
    return undefined;
  }

  /**
   * Ties a token to its place: Fernet has no associated data, so a token copied to another row would decrypt there.
   * HMAC-SHA256 under a key derived (HKDF, RFC 5869) from the one that the token is encrypted with.
   * @param place what the token belongs to, as `tenants/42/openai_api_key`.
   * @returns hex, or undefined when the ring has no such key.
   */
  bind(kid: string, place: string, token: string): string | undefined {
    const key = this.#keys.get(kid);
    return (
      key &&
      createHmac('sha256', key.bindingKey)
        .update(`${place}\0${token}`)
        .digest('hex')
    );
  }

  /** Whether `mac` is what `bind` gave for this key, place and token. */
  isBound(kid: string, place: string, token: string, mac: string): boolean {
    const claim = `${kid}\0${mac}\0${token}`;
    if (this.#bound.get(place) === claim) return true;
    const expected = this.bind(kid, place, token);
    if (expected === undefined || !isEqual(expected, mac)) return false;
    this.#bound.set(place, claim);
    return true;
  }
}

/** Bytes, not characters: a damaged row must not make the comparison throw. */
function isEqual(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** The name of a key of 32 bytes. */
export function kidOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}

function deriveBindingKey(key: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', BINDING_PURPOSE, 32));
}
