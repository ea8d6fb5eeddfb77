import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Piscina } from 'piscina';
import { UnavailableError } from '../common/errors/common.errors.js';
import { PROJECT_ROOT } from '../common/project-root.js';
import type { PasswordJob } from './password-worker.js';

/** bcrypt's work factor: a quarter to half a second on the machines of 2026. */
const COST = 12;
const MAX_WAITING = 64;
const RETRY_AFTER_SECONDS = 5;
const MAX_BYTES = 72;

/** Threads need a compiled file, also when tests run the sources. */
const WORKER_FILE = join(PROJECT_ROOT, 'dist/security/password-worker.js');

/** Modular crypt format as passlib, bcryptjs and PHP write it, up to a cost that can be paid. bcryptjs throws on the rest. */
const BCRYPT_HASH = /^\$2[aby]\$(0[4-9]|1[0-5])\$[./A-Za-z0-9]{53}$/;

/** Hash of random bytes that nobody has: verified against when there is no account, so that both cases take as long. */
const NOBODYS_HASH =
  '$2b$12$m6hZ3cObIREZGEbC2.4u7OzXbm0ux2/2DRjiQjdFNEKOUfhg76WDy';

/**
 * bcrypt on worker threads, because bcryptjs blocks its thread (50 parallel sign-ins stalled the event loop for 3 s).
 * The queue is bounded: whoever finds it full is told to come back.
 */
@Injectable()
export class PasswordHasher implements OnApplicationShutdown {
  /** @param cost bcrypt's work factor, 4 to 15. */
  constructor(private readonly cost = COST) {}

  readonly #pool = new Piscina<PasswordJob, string | boolean>({
    filename: WORKER_FILE,
    minThreads: 0,
    maxThreads: availableParallelism(),
    maxQueue: MAX_WAITING,
    idleTimeout: 30_000,
  });

  /**
   * @param password NFC text of at most 72 UTF-8 bytes; the caller has validated it.
   * @returns a hash as `$2b$12$…`.
   * @throws UnavailableError when the queue is full.
   */
  async hash(password: string): Promise<string> {
    return String(await this.#run({ kind: 'hash', password, cost: this.cost }));
  }

  /** Whether the hash is cheaper to guess at than those that `hash` gives. */
  isWeak(hash: string): boolean {
    const cost = BCRYPT_HASH.exec(hash)?.[1];
    return cost !== undefined && Number(cost) < this.cost;
  }

  /**
   * Takes as long whether there is a usable hash or not, and whether it is of today's cost or a cheaper one.
   * bcrypt cuts at 72 bytes and at NUL; a password that it would cut matches nothing.
   * @param hash undefined when there is no such account.
   * @throws UnavailableError when the queue is full.
   */
  async verify(password: string, hash: string | undefined): Promise<boolean> {
    const usable = hash !== undefined && BCRYPT_HASH.test(hash);
    const matches = await this.#run({
      kind: 'verify',
      password,
      hash: usable ? hash : NOBODYS_HASH,
      leastCost: this.cost,
    });
    return matches === true && usable && !isCutByBcrypt(password);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#pool.close();
  }

  async #run(job: PasswordJob): Promise<string | boolean> {
    if (this.#pool.queueSize >= MAX_WAITING)
      throw new UnavailableError(RETRY_AFTER_SECONDS);
    return this.#pool.run(job);
  }
}

function isCutByBcrypt(password: string): boolean {
  return (
    Buffer.byteLength(password, 'utf8') > MAX_BYTES || password.includes('\0')
  );
}
