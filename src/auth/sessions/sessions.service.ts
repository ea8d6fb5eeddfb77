import { createHash, randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { actAs } from '../../audit/audit-context.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { Signer } from '../../security/signer.js';
import { AdminsRepository } from '../admins/admins.repository.js';
import type { AdminSession } from './admin-session.entity.js';
import { AdminSessionsRepository } from './admin-sessions.repository.js';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;
const TOUCH_INTERVAL_MS = 60_000;

/** Who is at the dashboard. */
export interface AdminPrincipal {
  id: number;
  username: string;
  /** What the browser sends; CSRF tokens are bound to it. */
  sessionId: string;
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

  /** @returns the value of the session cookie. */
  async start(adminId: number): Promise<string> {
    const id = randomBytes(32).toString('base64url');
    const now = new Date();
    actAs(`admin:${adminId}`);
    await this.transactions.run(async (manager) => {
      await this.sessions.deleteExpired(manager, now);
      await this.sessions.insert(manager, {
        idHash: hash(id),
        adminId,
        createdAt: now,
        lastUsedAt: now,
        expiresAt: new Date(now.getTime() + ABSOLUTE_MS),
      });
      await this.audit.record(manager, {
        action: 'admin.signed_in',
        target: `admin:${adminId}`,
      });
    });
    return `${id}.${this.signer.sign('session', id)}`;
  }

  /** @returns undefined when the cookie is not ours, or its session has ended, idled out or expired. */
  async find(cookie: string): Promise<AdminPrincipal | undefined> {
    const id = this.#idIn(cookie);
    const session =
      id === undefined ? null : await this.sessions.findByHash(hash(id));
    if (id === undefined || session === null || !isAlive(session))
      return undefined;
    const admin = await this.admins.findById(session.adminId);
    if (admin === null) return undefined;
    this.#touch(session);
    return { id: admin.id, username: admin.username, sessionId: id };
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

function isAlive({ lastUsedAt, expiresAt }: AdminSession): boolean {
  const now = Date.now();
  return now < expiresAt.getTime() && now - lastUsedAt.getTime() < IDLE_MS;
}
