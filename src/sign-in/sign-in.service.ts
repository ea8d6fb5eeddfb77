import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { SignInFailedError } from '../auth/auth.errors.js';
import type { SessionClient } from '../auth/sessions/session-client.js';
import type { SessionKind } from '../auth/sessions/session-cookies.js';
import { SignInLimiter } from '../auth/sign-in-limiter.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AccountsService } from './accounts.service.js';

export interface SignedIn {
  kind: SessionKind;
  /** The value of the session's cookie. */
  cookie: string;
}

@Injectable()
export class SignInService {
  constructor(
    private readonly accounts: AccountsService,
    private readonly limiter: SignInLimiter,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /** @throws SignInFailedError, TenantSuspendedError, TooManyRequestsError, UnavailableError */
  async signIn(
    username: string,
    password: string,
    client: SessionClient,
  ): Promise<SignedIn> {
    await this.limiter.beforeTry(username, client.address);
    const account = await this.accounts.open(username, password);
    if (account === undefined) {
      // Not whose: people type passwords into the name field.
      await this.transactions.run((manager) =>
        this.audit.record(manager, { action: 'admin.sign_in_failed' }),
      );
      throw new SignInFailedError();
    }
    await this.limiter.afterSuccess(username, client.address);
    return { kind: account.kind, cookie: await account.start(client) };
  }
}
