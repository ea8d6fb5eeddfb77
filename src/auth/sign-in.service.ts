import { Injectable } from '@nestjs/common';
import { foldUsername } from '../common/validation/credential-fields.js';
import { AuditLog } from '../audit/audit-log.service.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AdminsService } from './admins/admins.service.js';
import { SignInFailedError } from './auth.errors.js';
import type { SessionClient } from './sessions/session-client.js';
import { SessionsService } from './sessions/sessions.service.js';
import { SignInLimiter } from './sign-in-limiter.js';

const LONGEST_USERNAME = 100;

@Injectable()
export class SignInService {
  constructor(
    private readonly admins: AdminsService,
    private readonly sessions: SessionsService,
    private readonly limiter: SignInLimiter,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @returns the value of a new session's cookie.
   * @throws SignInFailedError, TooManyRequestsError, UnavailableError
   */
  async signIn(
    username: string,
    password: string,
    client: SessionClient,
  ): Promise<string> {
    // Nobody has a longer name, so cutting makes no two accounts one; it bounds what the limiter keeps.
    const account = foldUsername(username).slice(0, LONGEST_USERNAME + 1);
    await this.limiter.beforeTry(account, client.address);
    const admin = await this.admins.checkPassword(account, password);
    if (admin === undefined) {
      // Not whose: people type passwords into the name field.
      await this.transactions.run((manager) =>
        this.audit.record(manager, { action: 'admin.sign_in_failed' }),
      );
      throw new SignInFailedError();
    }
    await this.limiter.afterSuccess(account, client.address);
    return this.sessions.start(admin, client);
  }
}
