import { createHash, randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/audit-log.service.js';
import { actAs } from '../../audit/audit-context.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { Signer } from '../../security/signer.js';
import type { Admin } from '../admins/admin.entity.js';
import { AdminsRepository } from '../admins/admins.repository.js';
import { SignInFailedError } from '../auth.errors.js';
import type { AdminSession } from './admin-session.entity.js';
import { AdminSessionsRepository } from './admin-sessions.repository.js';
import type { SessionClient } from './session-client.js';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;
const TOUCH_INTERVAL_MS = 60_000;
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

/** Sign-ins that last: 256 random bits in the browser, signed so that made-up ones cost no query; their SHA-256 here. */
@Injectable()
export class SessionsService {
  readonly #logger = new Logger(SessionsService.name);

  constructor(
    private readonly sessions: AdminSessionsRepository,
    private readonly admins: AdminsRepository,
    private readonly transactions: TransactionRunner,
    private readonly signer: Signer,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param admin with the hash that the password was checked against.
   * @returns the value of the session cookie.
   * @throws SignInFailedError when the admin has meanwhile been disabled or given another password.
   */
  async start(admin: Admin, client: SessionClient): Promise<string> {
    const now = new Date();
    actAs(`admin:${admin.id}`);
    return this.transactions.run(async (manager) => {
      if (!(await this.admins.markSignedIn(manager, admin, now)))
        throw new SignInFailedError();
      await this.sessions.deleteExpired(manager, now);
      await this.audit.record(manager, {
        action: 'admin.signed_in',
        target: `admin:${admin.id}`,
      });
      return this.#insert(manager, admin.id, client, now);
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

  /** @returns undefined when the cookie is not ours, its session has ended, idled out or expired, or its admin is disabled. */
  async find(cookie: string): Promise<AdminPrincipal | undefined> {
    const id = this.#idIn(cookie);
    const session =
      id === undefined ? null : await this.sessions.findByHash(hash(id));
    if (id === undefined || session === null || !isAlive(session))
      return undefined;
    const admin = await this.admins.findById(session.adminId);
    if (admin === null || admin.disabledAt !== null) return undefined;
    this.#touch(session);
    return { id: admin.id, username: admin.username, sessionId: id };
  }

  /** The admin's own sessions, most recently used first. */
  async list({ id, sessionId }: AdminPrincipal): Promise<SessionSummary[]> {
    const current = hash(sessionId);
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
    const id = this.#idIn(cookie);
    if (id === undefined) return;
    const session = await this.sessions.findByHash(hash(id));
    if (session === null) return;
    await this.transactions.run(async (manager) => {
      const ended = await this.sessions.delete(manager, session.idHash);
      if (ended)
        await this.audit.record(manager, {
          action: 'admin.signed_out',
          target: `admin:${session.adminId}`,
        });
    });
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
        hash(sessionId),
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
    const id = randomBytes(32).toString('base64url');
    await this.sessions.insert(manager, {
      idHash: hash(id),
      adminId,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: new Date(now.getTime() + ABSOLUTE_MS),
      ...client,
    });
    return `${id}.${this.signer.sign('session', id)}`;
  }

  #idIn(cookie: string): string | undefined {
    const [id = '', signature = ''] = cookie.split('.', 2);
    return this.signer.verify('session', id, signature) ? id : undefined;
  }

  #touch({ idHash, lastUsedAt }: AdminSession): void {
    const now = new Date();
    if (now.getTime() - lastUsedAt.getTime() < TOUCH_INTERVAL_MS) return;
    this.transactions
      .run((manager) => this.sessions.touch(manager, idHash, now))
      .catch(() =>
        this.#logger.warn('the last use of a session could not be written'),
      );
  }
}

function hash(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

function handleOf({ idHash }: AdminSession): string {
  return idHash.slice(0, HANDLE_LENGTH);
}

function isAlive({ lastUsedAt, expiresAt }: AdminSession): boolean {
  const now = Date.now();
  return now < expiresAt.getTime() && now - lastUsedAt.getTime() < IDLE_MS;
}
