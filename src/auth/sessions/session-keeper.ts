import { hash, randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { TransactionRunner } from '../../database/transaction-runner.js';
import type { Signer, SigningPurpose } from '../../security/signer.js';
import type { SessionClient } from './session-client.js';
import type { StoredSession } from './stored-session.js';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;
const TOUCH_INTERVAL_MS = 60_000;

/** What a sign-in leads to. */
export interface StartedSession {
  /** The value of the session's cookie. */
  cookie: string;
  /** Of the password that it was opened with, as it is stored now. */
  passwordHash: string;
}

/** Where one kind of session is kept. */
export interface SessionRows<Session extends StoredSession> {
  findByHash(idHash: string): Promise<Session | null>;
  touch(
    manager: EntityManager,
    idHash: string,
    lastUsedAt: Date,
  ): Promise<void>;
}

/**
 * What every kind of session has in common: 256 random bits in the browser, signed so that made-up ones cost no query;
 * their SHA-256 in the database; an end after half an hour without use, and after 12 hours in all.
 */
export class SessionKeeper<Session extends StoredSession> {
  readonly #logger = new Logger(SessionKeeper.name);

  constructor(
    private readonly purpose: SigningPurpose,
    private readonly rows: SessionRows<Session>,
    private readonly signer: Signer,
    private readonly transactions: TransactionRunner,
  ) {}

  /** A new session: what is to be stored, and the value of its cookie. */
  create(
    client: SessionClient,
    now: Date,
  ): { stored: StoredSession; cookie: string } {
    const id = randomBytes(32).toString('base64url');
    return {
      stored: {
        idHash: hashOf(id),
        createdAt: now,
        lastUsedAt: now,
        expiresAt: new Date(now.getTime() + ABSOLUTE_MS),
        address: client.address,
        userAgent: client.userAgent,
      },
      cookie: `${id}.${this.signer.sign(this.purpose, id)}`,
    };
  }

  /** The session of a cookie, alive or not. */
  async find(cookie: string): Promise<Session | null> {
    const id = this.#idIn(cookie);
    return id === undefined ? null : this.rows.findByHash(hashOf(id));
  }

  /**
   * @param cookies the values that came under the cookie's name: made-up ones cost no query.
   * @returns the sessions and their ids; none of a cookie that is not ours, or whose session has ended, idled out or expired.
   */
  async findAlive(
    cookies: readonly string[],
  ): Promise<{ session: Session; sessionId: string }[]> {
    const alive: { session: Session; sessionId: string }[] = [];
    for (const cookie of cookies) {
      const sessionId = this.#idIn(cookie);
      const session = await this.find(cookie);
      if (sessionId !== undefined && session !== null && isAlive(session))
        alive.push({ session, sessionId });
    }
    return alive;
  }

  /** Notes the use in the background: no request waits for it or fails with it. */
  touch({ idHash, lastUsedAt }: Session): void {
    const now = new Date();
    if (now.getTime() - lastUsedAt.getTime() < TOUCH_INTERVAL_MS) return;
    this.transactions
      .run((manager) => this.rows.touch(manager, idHash, now))
      .catch(() =>
        this.#logger.warn('the last use of a session could not be written'),
      );
  }

  /** The id in a cookie; undefined when it is not one that we have signed. */
  #idIn(cookie: string): string | undefined {
    const [id = '', signature = ''] = cookie.split('.', 2);
    return this.signer.verify(this.purpose, id, signature) ? id : undefined;
  }
}

/** What the database has instead of a session's id. */
export function hashOf(id: string): string {
  return hash('sha256', id);
}

export function isAlive({ lastUsedAt, expiresAt }: StoredSession): boolean {
  const now = Date.now();
  return now < expiresAt.getTime() && now - lastUsedAt.getTime() < IDLE_MS;
}
