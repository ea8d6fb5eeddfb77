import { Injectable } from '@nestjs/common';
import { AdminsService } from '../auth/admins/admins.service.js';
import type { SessionClient } from '../auth/sessions/session-client.js';
import type { SessionKind } from '../auth/sessions/session-cookies.js';
import { SessionsService } from '../auth/sessions/sessions.service.js';
import { foldUsername } from '../common/validation/credential-fields.js';
import { CryptoService } from '../security/crypto.service.js';
import { TenantSessionsService } from '../tenant-auth/sessions/tenant-sessions.service.js';
import { TenantAccountsService } from '../tenants/accounts/tenant-accounts.service.js';

/** An account whose password has been given. */
export interface OpenedAccount {
  kind: SessionKind;
  /** @returns the value of a new session's cookie. */
  start(client: SessionClient): Promise<string>;
}

/** Admins and tenants sign in at one form: a name may be an admin's, a tenant's, or both. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly admins: AdminsService,
    private readonly adminSessions: SessionsService,
    private readonly tenants: TenantAccountsService,
    private readonly tenantSessions: TenantSessionsService,
    private readonly crypto: CryptoService,
  ) {}

  /** @returns undefined when it is not so: an unknown name, a disabled admin and a wrong password look and last the same. */
  async open(
    username: string,
    password: string,
  ): Promise<OpenedAccount | undefined> {
    const admin = await this.admins.findByUsername(foldUsername(username));
    const tenant = await this.tenants.findByUsername(username);
    if (admin === null && tenant === null)
      await this.crypto.verifyPassword(password, undefined);
    if (
      admin !== null &&
      (await this.crypto.verifyPassword(password, admin.passwordHash)) &&
      admin.disabledAt === null
    )
      return {
        kind: 'admin',
        start: (client) => this.adminSessions.start(admin, client),
      };
    if (tenant !== null && (await this.tenants.isPasswordOf(tenant, password)))
      return {
        kind: 'tenant',
        start: (client) => this.tenantSessions.start(tenant, password, client),
      };
    return undefined;
  }
}
