import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { SignInFailedError } from '../auth/auth.errors.js';
import { KnownDevices } from '../auth/known-devices.js';
import type { SessionClient } from '../auth/sessions/session-client.js';
import type { SessionKind } from '../auth/sessions/session-kind.js';
import type { SignInCookies } from '../auth/sessions/session-cookies.js';
import { TooManyRequestsError } from '../common/errors/common.errors.js';
import { SignInLimiter } from '../auth/sign-in-limiter.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AccountsService } from './accounts.service.js';

export interface SignedIn extends SignInCookies {
  kind: SessionKind;
}

@Injectable()
export class SignInService {
  constructor(
    private readonly accounts: AccountsService,
    private readonly limiter: SignInLimiter,
    private readonly known: KnownDevices,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param devices the values of the browser's device cookie.
   * @throws SignInFailedError, TenantSuspendedError, TooManyRequestsError, UnavailableError
   */
  async signIn(
    username: string,
    password: string,
    client: SessionClient,
    devices: readonly string[],
  ): Promise<SignedIn> {
    const guesser = { address: client.address, devices };
    const arrival = this.limiter.arrive(guesser);
    const { accounts, othersWait, opened } = this.limiter.admit(
      username,
      await this.accounts.findByUsername(username),
      guesser,
      arrival,
    );
    const account = await this.accounts.open(accounts, password);
    if (account === undefined) {
      // Not whose: people type passwords into the name field.
      await this.transactions.run((manager) =>
        this.audit.record(manager, { action: 'admin.sign_in_failed' }),
      );
      throw othersWait > 0
        ? new TooManyRequestsError(othersWait / 1000)
        : new SignInFailedError();
    }
    opened(account);
    const { kind, id } = account;
    const { cookie, passwordHash } = await account.start(password, client);
    const device = this.known.remember({ kind, id, passwordHash }, devices);
    return { kind, session: cookie, device };
  }
}
