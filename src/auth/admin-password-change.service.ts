import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { ValidationFailedError } from '../common/errors/common.errors.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AdminsService } from './admins/admins.service.js';
import type { ChangePasswordDto } from './admins/change-password.dto.js';
import { SignInRequiredError } from './auth.errors.js';
import type { GuessedAccount } from './guessed-account.js';
import { KnownDevices } from './known-devices.js';
import type { SessionClient } from './sessions/session-client.js';
import type { SignInCookies } from './sessions/session-cookies.js';
import {
  type AdminPrincipal,
  AdminSessionsService,
} from './sessions/admin-sessions.service.js';
import { SignInLimiter } from './sign-in-limiter.js';

/** An admin's change of the own password. */
@Injectable()
export class AdminPasswordChangeService {
  constructor(
    private readonly admins: AdminsService,
    private readonly sessions: AdminSessionsService,
    private readonly limiter: SignInLimiter,
    private readonly known: KnownDevices,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Ends every session of the admin, whoever uses it, and starts a new one.
   * Guesses at the current password count as sign-ins do: who finds an open browser does not get more of them.
   * @throws ValidationFailedError for a wrong current password; TooManyRequestsError, UnavailableError, SignInRequiredError
   */
  async change(
    { id, sessionId }: AdminPrincipal,
    dto: ChangePasswordDto,
    client: SessionClient,
    devices: readonly string[],
  ): Promise<SignInCookies> {
    const admin = await this.admins.findById(id);
    if (admin === null) throw new SignInRequiredError();
    const account: GuessedAccount = {
      kind: 'admin',
      id,
      passwordHash: admin.passwordHash,
    };
    const guesser = { address: client.address, devices, session: sessionId };
    const { opened } = this.limiter.beforeTry(account, guesser);
    if (!(await this.admins.isPasswordOf(admin, dto.current_password))) {
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
    opened(account);
    return this.admins.changePassword(
      admin,
      dto.new_password,
      async (manager, passwordHash) => ({
        session: await this.sessions.restart(manager, id, client),
        device: this.known.remember({ ...account, passwordHash }, devices),
      }),
    );
  }
}
