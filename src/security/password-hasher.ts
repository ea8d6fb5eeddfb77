import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { passwordForm, verifiableForms } from '../common/password-text.js';
import { HashingThreads } from './hashing-threads.js';
import { HashingTurns } from './hashing-turns.js';

/** Modular crypt format as passlib, bcryptjs and PHP write it, up to a cost that can be paid. bcryptjs throws on the rest. */
const BCRYPT_HASH = /^\$2[aby]\$(0[4-9]|1[0-5])\$[./A-Za-z0-9]{53}$/;

/** Hash of random bytes that nobody has: verified against when there is no account, so that both cases take as long. */
const nobodysHash = (cost: number) =>
  `$2b$${String(cost).padStart(2, '0')}$m6hZ3cObIREZGEbC2.4u7OzXbm0ux2/2DRjiQjdFNEKOUfhg76WDy`;

/** Hashes and verifies passwords. The queues are bounded: whoever finds theirs full is told to come back. */
@Injectable()
export class PasswordHasher implements OnApplicationShutdown {
  readonly #threads = new HashingThreads();
  readonly #turns = new HashingTurns(this.#threads.max);

  /** @param cost bcrypt's work factor, 4 to 15. */
  constructor(private readonly cost: number) {}

  /**
   * @param password of at most 72 UTF-8 bytes in NFC, which is hashed; the caller has validated it.
   * @param caller on whose behalf: each has a bounded part of the queue.
   * @returns a hash as `$2b$12$…`.
   * @throws UnavailableError when too much waits, of this caller's or of all, or no thread can be had.
   */
  hash(password: string, caller: string): Promise<string> {
    return this.#turns.forCaller(caller, () => this.#hash(password));
  }

  /**
   * The hash that a password which has just been verified should have: the given one, unless that is of another cost than
   * today's or of another form than NFC, as hashes of the old application may be. Its turn comes with the sign-ins.
   * @throws UnavailableError when too many sign-ins wait, or no thread can be had.
   */
  async renewed(password: string, hash: string): Promise<string> {
    const isCurrent =
      !this.needsRenewal(hash) &&
      (verifiableForms(password).length === 1 ||
        (await this.#verify([passwordForm(password)], hash)));
    return isCurrent ? hash : this.#turns.forSignIn(() => this.#hash(password));
  }

  /** Whether a hash is cheaper to guess at than those that `hash` gives, or dearer to verify. */
  needsRenewal(hash: string): boolean {
    const cost = BCRYPT_HASH.exec(hash)?.[1];
    return cost !== undefined && Number(cost) !== this.cost;
  }

  /**
   * Takes as long whether there is a usable hash or not, and whether it is of today's cost or a cheaper one: how long,
   * depends on the password as typed alone, of which up to three forms are tried.
   * bcrypt cuts at 72 bytes and at NUL; a password that it would cut matches nothing.
   * @param password as typed.
   * @param hash undefined when there is no such account.
   * @throws UnavailableError when too many sign-ins wait, or no thread can be had.
   */
  verify(password: string, hash: string | undefined): Promise<boolean> {
    return this.#verify(verifiableForms(password), hash);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#threads.close();
  }

  async #hash(password: string): Promise<string> {
    const job = {
      kind: 'hash',
      password: passwordForm(password),
      cost: this.cost,
    } as const;
    return String(await this.#threads.execute(job));
  }

  async #verify(
    forms: readonly string[],
    hash: string | undefined,
  ): Promise<boolean> {
    const usable =
      forms.length > 0 && hash !== undefined && BCRYPT_HASH.test(hash);
    const matches = await this.#turns.forSignIn(() =>
      this.#threads.execute({
        kind: 'verify',
        passwords: forms.length > 0 ? forms : [''],
        hash: usable ? hash : nobodysHash(this.cost),
        leastCost: this.cost,
      }),
    );
    return matches === true && usable;
  }
}
