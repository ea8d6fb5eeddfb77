import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { SignInRequiredError } from '../auth/auth.errors.js';
import type { GuessedAccount } from '../auth/guessed-account.js';
import { KnownDevices } from '../auth/known-devices.js';
import type { SessionClient } from '../auth/sessions/session-client.js';
import type { SignInCookies } from '../auth/sessions/session-cookies.js';
import { SignInLimiter } from '../auth/sign-in-limiter.js';
import { ValidationFailedError } from '../common/errors/common.errors.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { TenantAccountsService } from '../tenants/accounts/tenant-accounts.service.js';
import type { ChangeTenantPasswordDto } from './change-tenant-password.dto.js';
import {
  type TenantPrincipal,
  TenantSessionsService,
} from './sessions/tenant-sessions.service.js';

/** A tenant's change of the own password. */
@Injectable()
export class TenantPasswordChangeService {
  constructor(
    private readonly accounts: TenantAccountsService,
    private readonly sessions: TenantSessionsService,
    private readonly limiter: SignInLimiter,
    private readonly known: KnownDevices,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Ends every session of the tenant, whoever uses it, and starts a new one.
   * Guesses at the current password count as sign-ins do: who finds an open browser does not get more of them.
   * @throws ValidationFailedError for a wrong current password; TooManyRequestsError, UnavailableError, SignInRequiredError
   */
  async change(
    { id, sessionId }: TenantPrincipal,
    dto: ChangeTenantPasswordDto,
    client: SessionClient,
    devices: readonly string[],
  ): Promise<SignInCookies> {
    const tenant = await this.accounts.findById(id);
    if (tenant === null) throw new SignInRequiredError();
    const account: GuessedAccount = {
      kind: 'tenant',
      id,
      passwordHash: tenant.passwordHash,
    };
    const guesser = { address: client.address, devices, session: sessionId };
    const { opened } = this.limiter.beforeTry(account, guesser);
    if (!(await this.accounts.isPasswordOf(tenant, dto.current_password))) {
      await this.transactions.run((manager) =>
        this.audit.record(manager, {
          action: 'tenant.password_change_failed',
          target: `tenant:${id}`,
        }),
      );
      throw new ValidationFailedError([
        { pointer: '/current_password', code: 'INVALID_FORMAT' },
      ]);
    }
    opened(account);
    return this.accounts.changePassword(
      tenant,
      dto.new_password,
      async (manager, passwordHash) => ({
        session: await this.sessions.restart(manager, id, passwordHash, client),
        device: this.known.remember({ ...account, passwordHash }, devices),
      }),
    );
  }
}
