import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { ValidationFailedError } from '../common/errors/common.errors.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AdminsService } from './admins/admins.service.js';
import type { ChangePasswordDto } from './admins/change-password.dto.js';
import type { SessionClient } from './sessions/session-client.js';
import {
  type AdminPrincipal,
  SessionsService,
} from './sessions/sessions.service.js';
import { SignInLimiter } from './sign-in-limiter.js';

/** An admin's change of the own password. */
@Injectable()
export class PasswordChangeService {
  constructor(
    private readonly admins: AdminsService,
    private readonly sessions: SessionsService,
    private readonly limiter: SignInLimiter,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Ends every session of the admin, whoever uses it, and starts a new one.
   * Guesses at the current password count as sign-ins do: who finds an open browser does not get more of them.
   * @returns the value of the new session's cookie.
   * @throws ValidationFailedError for a wrong current password; TooManyRequestsError, UnavailableError, SignInRequiredError
   */
  async change(
    { id, username }: AdminPrincipal,
    dto: ChangePasswordDto,
    client: SessionClient,
  ): Promise<string> {
    await this.limiter.beforeTry(username, client.address);
    const admin = await this.admins.checkPassword(
      username,
      dto.current_password,
    );
    if (admin === undefined) {
      await this.transactions.run((manager) =>
        this.audit.record(manager, {
          action: 'admin.password_change_failed',
          target: `admin:${id}`,
        }),
      );
      throw new ValidationFailedError([
        { pointer: '/current_password', code: 'INVALID_FORMAT' },
      ]);
    }
    await this.limiter.afterSuccess(username, client.address);
    return this.admins.changePassword(admin, dto.new_password, (manager) =>
      this.sessions.restart(manager, id, client),
    );
  }
}
