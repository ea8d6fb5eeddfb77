import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/audit-log.service.js';
import { actAs, asActor } from '../../audit/audit-context.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { Signer } from '../../security/signer.js';
import type { AdminAccount } from '../admins/admin-account.js';
import { AdminsRepository } from '../admins/admins.repository.js';
import { CryptoService } from '../../security/crypto.service.js';
import { SignInFailedError } from '../auth.errors.js';
import type { AdminSession } from './admin-session.entity.js';
import { AdminSessionsRepository } from './admin-sessions.repository.js';
import type { SessionClient } from './session-client.js';
import {
  hashOf,
  isAlive,
  SessionKeeper,
  type StartedSession,
} from './session-keeper.js';

const HANDLE_LENGTH = 16;

/** Who is at the dashboard. */
export interface AdminPrincipal {
  id: number;
  username: string;
  /** What the browser sends; CSRF tokens are bound to it. */
  sessionId: string;
}

/** A sign-in that lasts, as its owner sees it. */
export interface SessionSummary {
  /** Names the session among those of its admin; worth nothing as a cookie. */
  handle: string;
  current: boolean;
  startedAt: Date;
  lastUsedAt: Date;
  address: string | null;
  userAgent: string | null;
}

/** The sign-ins of admins. */
@Injectable()
export class AdminSessionsService {
  readonly #keeper: SessionKeeper<AdminSession>;

  constructor(
    private readonly sessions: AdminSessionsRepository,
    private readonly admins: AdminsRepository,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
    private readonly crypto: CryptoService,
    signer: Signer,
  ) {
    this.#keeper = new SessionKeeper('session', sessions, signer, transactions);
  }

  /**
   * A hash of another cost than today's is renewed.
   * @param admin with the hash that the password was checked against.
   * @throws SignInFailedError when the admin has meanwhile been disabled or given another password.
   */
  async start(
    admin: AdminAccount,
    password: string,
    client: SessionClient,
  ): Promise<StartedSession> {
    const now = new Date();
    const target = `admin:${admin.id}`;
    actAs(target);
    const passwordHash = await this.crypto.renewedHash(
      password,
      admin.passwordHash,
    );
    return this.transactions.run(async (manager) => {
      if (!(await this.admins.markSignedIn(manager, admin, passwordHash, now)))
        throw new SignInFailedError();
      if (passwordHash !== admin.passwordHash)
        await this.audit.record(manager, {
          action: 'admin.hash_renewed',
          target,
        });
      await this.sessions.deleteExpired(manager, now);
      await this.audit.record(manager, { action: 'admin.signed_in', target });
      const cookie = await this.#insert(manager, admin.id, client, now);
      return { cookie, passwordHash };
    });
  }

  /** Ends every session of an admin and starts a new one. @returns the value of its cookie. */
  async restart(
    manager: EntityManager,
    adminId: number,
    client: SessionClient,
  ): Promise<string> {
    await this.sessions.deleteOf(manager, adminId);
    return this.#insert(manager, adminId, client, new Date());
  }

  /**
   * @param cookies the values that came under the cookie's name.
   * @returns undefined when none is ours, or its session has ended, idled out or expired, or its admin is disabled.
   */
  async find(cookies: readonly string[]): Promise<AdminPrincipal | undefined> {
    for (const { session, sessionId } of await this.#keeper.findAlive(
      cookies,
    )) {
      const admin = await this.admins.findById(session.adminId);
      if (admin === null || admin.disabledAt !== null) continue;
      this.#keeper.touch(session);
      return { id: admin.id, username: admin.username, sessionId };
    }
    return undefined;
  }

  /** The admin's own sessions, most recently used first. */
  async list({ id, sessionId }: AdminPrincipal): Promise<SessionSummary[]> {
    const current = hashOf(sessionId);
    return (await this.sessions.findOf(id)).filter(isAlive).map((session) => ({
      handle: handleOf(session),
      current: session.idHash === current,
      startedAt: session.createdAt,
      lastUsedAt: session.lastUsedAt,
      address: session.address,
      userAgent: session.userAgent,
    }));
  }

  async end(cookie: string): Promise<void> {
    const session = await this.#keeper.find(cookie);
    if (session === null) return;
    const admin = `admin:${session.adminId}`;
    // Whoever has signed in over this session is somebody else.
    await asActor(admin, () =>
      this.transactions.run(async (manager) => {
        if (await this.sessions.delete(manager, session.idHash))
          await this.audit.record(manager, {
            action: 'admin.signed_out',
            target: admin,
          });
      }),
    );
  }

  /** Ends one of the admin's own sessions; nobody else's, and nothing when it has ended already. */
  async endOne(adminId: number, handle: string): Promise<void> {
    const own = await this.sessions.findOf(adminId);
    const session = own.find((candidate) => handleOf(candidate) === handle);
    if (session === undefined) return;
    await this.transactions.run(async (manager) => {
      if (await this.sessions.delete(manager, session.idHash))
        await this.audit.record(manager, {
          action: 'admin.session_ended',
          target: `admin:${adminId}`,
        });
    });
  }

  /** Ends all sessions of the admin but the one in use. */
  async endOthers({ id, sessionId }: AdminPrincipal): Promise<void> {
    await this.transactions.run(async (manager) => {
      const ended = await this.sessions.deleteOthers(
        manager,
        id,
        hashOf(sessionId),
      );
      if (ended > 0)
        await this.audit.record(manager, {
          action: 'admin.sessions_ended',
          target: `admin:${id}`,
        });
    });
  }

  async #insert(
    manager: EntityManager,
    adminId: number,
    client: SessionClient,
    now: Date,
  ): Promise<string> {
    const { stored, cookie } = this.#keeper.create(client, now);
    await this.sessions.insert(manager, { ...stored, adminId });
    return cookie;
  }
}

function handleOf({ idHash }: AdminSession): string {
  return idHash.slice(0, HANDLE_LENGTH);
}
