import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/audit-log.service.js';
import { actAs, asActor } from '../../audit/audit-context.js';
import type { SessionClient } from '../../auth/sessions/session-client.js';
import {
  SessionKeeper,
  type StartedSession,
} from '../../auth/sessions/session-keeper.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { Signer } from '../../security/signer.js';
import type { TenantAccount } from '../../tenants/accounts/tenant-account.js';
import { TenantAccountsService } from '../../tenants/accounts/tenant-accounts.service.js';
import { TenantSuspendedError } from '../../tenants/tenant.errors.js';
import type { TenantSession } from './tenant-session.entity.js';
import { TenantSessionsRepository } from './tenant-sessions.repository.js';

/** Who is at the tenants' panel. */
export interface TenantPrincipal {
  id: number;
  username: string;
  businessName: string;
  suspended: boolean;
  /** What the browser sends; CSRF tokens are bound to it. */
  sessionId: string;
}

/**
 * The sign-ins of tenants. A session is tied to the password hash that it began with, so that it ends with the
 * password whoever changes that: the tenant, an admin, a program over the API, or the old application.
 */
@Injectable()
export class TenantSessionsService {
  readonly #keeper: SessionKeeper<TenantSession>;

  constructor(
    private readonly sessions: TenantSessionsRepository,
    private readonly accounts: TenantAccountsService,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
    private readonly signer: Signer,
  ) {
    this.#keeper = new SessionKeeper(
      'tenant-session',
      sessions,
      signer,
      transactions,
    );
  }

  /**
   * @param tenant with the hash that the password was checked against.
   * @throws TenantSuspendedError; SignInFailedError when the password has meanwhile been changed.
   */
  async start(
    tenant: TenantAccount,
    password: string,
    client: SessionClient,
  ): Promise<StartedSession> {
    const target = `tenant:${tenant.id}`;
    actAs(target);
    if (tenant.suspended) {
      await this.transactions.run((manager) =>
        this.audit.record(manager, {
          action: 'tenant.sign_in_refused',
          target,
        }),
      );
      throw new TenantSuspendedError();
    }
    const passwordHash = await this.accounts.renewedHash(tenant, password);
    return this.transactions.run(async (manager) => {
      await this.accounts.confirm(manager, tenant, passwordHash);
      await this.sessions.deleteExpired(manager, new Date());
      await this.audit.record(manager, { action: 'tenant.signed_in', target });
      const cookie = await this.#insert(
        manager,
        tenant.id,
        passwordHash,
        client,
      );
      return { cookie, passwordHash };
    });
  }

  /** Ends every session of a tenant whose password is changed, and starts a new one. @returns the value of its cookie. */
  async restart(
    manager: EntityManager,
    tenantId: number,
    newHash: string,
    client: SessionClient,
  ): Promise<string> {
    await this.sessions.deleteOf(manager, tenantId);
    return this.#insert(manager, tenantId, newHash, client);
  }

  /**
   * @param cookies the values that came under the cookie's name.
   * @returns undefined when none is ours, or its session has ended, idled out or expired,
   * or its tenant has been deleted or given another password. One that is suspended keeps its sessions.
   */
  async find(cookies: readonly string[]): Promise<TenantPrincipal | undefined> {
    for (const { session, sessionId } of await this.#keeper.findAlive(
      cookies,
    )) {
      const tenant = await this.accounts.findById(session.tenantId);
      if (tenant === null || !this.#knowsPassword(session, tenant)) continue;
      this.#keeper.touch(session);
      const { id, username, businessName, suspended } = tenant;
      return { id, username, businessName, suspended, sessionId };
    }
    return undefined;
  }

  async end(cookie: string): Promise<void> {
    const session = await this.#keeper.find(cookie);
    if (session === null) return;
    const tenant = `tenant:${session.tenantId}`;
    // Whoever has signed in over this session is somebody else.
    await asActor(tenant, () =>
      this.transactions.run(async (manager) => {
        if (await this.sessions.delete(manager, session.idHash))
          await this.audit.record(manager, {
            action: 'tenant.signed_out',
            target: tenant,
          });
      }),
    );
  }

  async #insert(
    manager: EntityManager,
    tenantId: number,
    passwordHash: string,
    client: SessionClient,
  ): Promise<string> {
    const { stored, cookie } = this.#keeper.create(client, new Date());
    await this.sessions.insert(manager, {
      ...stored,
      tenantId,
      passwordTag: this.signer.sign('tenant-password', passwordHash),
    });
    return cookie;
  }

  #knowsPassword(
    { passwordTag }: TenantSession,
    { passwordHash }: TenantAccount,
  ): boolean {
    return this.signer.verify('tenant-password', passwordHash, passwordTag);
  }
}
