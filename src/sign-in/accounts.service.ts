import { Injectable } from '@nestjs/common';
import { AdminsService } from '../auth/admins/admins.service.js';
import type { GuessedAccount } from '../auth/guessed-account.js';
import type { SessionClient } from '../auth/sessions/session-client.js';
import type { StartedSession } from '../auth/sessions/session-keeper.js';
import { AdminSessionsService } from '../auth/sessions/admin-sessions.service.js';
import { foldUsername } from '../common/validation/credential-fields.js';
import { CryptoService } from '../security/crypto.service.js';
import { TenantSessionsService } from '../tenant-auth/sessions/tenant-sessions.service.js';
import { TenantAccountsService } from '../tenants/accounts/tenant-accounts.service.js';

/** An account that a name stands for. */
export interface Account extends GuessedAccount {
  /** False of a disabled admin, whom no password lets in. */
  enabled: boolean;
  /** @param password that has been verified. */
  start(password: string, client: SessionClient): Promise<StartedSession>;
}

const KINDS = ['admin', 'tenant'];

/** Admins and tenants sign in at one form: a name of an old database may be an admin's, a tenant's, or both. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly admins: AdminsService,
    private readonly adminSessions: AdminSessionsService,
    private readonly tenants: TenantAccountsService,
    private readonly tenantSessions: TenantSessionsService,
    private readonly crypto: CryptoService,
  ) {}

  async findByUsername(username: string): Promise<Account[]> {
    const admin = await this.admins.findByUsername(foldUsername(username));
    const tenant = await this.tenants.findByUsername(username);
    const accounts: Account[] = [];
    if (admin !== null)
      accounts.push({
        kind: 'admin',
        id: admin.id,
        passwordHash: admin.passwordHash,
        enabled: admin.active,
        start: (password, client) =>
          this.adminSessions.start(admin, password, client),
      });
    if (tenant !== null)
      accounts.push({
        kind: 'tenant',
        id: tenant.id,
        passwordHash: tenant.passwordHash,
        enabled: true,
        start: (password, client) =>
          this.tenantSessions.start(tenant, password, client),
      });
    return accounts;
  }

  /**
   * @returns the account that the password belongs to, if any: an unknown name, a disabled admin and a wrong password look
   * the same, and last as long, because a failure does the work of a password of each kind.
   */
  async open(
    accounts: readonly Account[],
    password: string,
  ): Promise<Account | undefined> {
    for (const account of accounts)
      if (
        (await this.crypto.verifyPassword(password, account.passwordHash)) &&
        account.enabled
      )
        return account;
    for (let kinds = accounts.length; kinds < KINDS.length; kinds += 1)
      await this.crypto.verifyPassword(password, undefined);
    return undefined;
  }
}
