import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { auditContext } from '../../audit/audit-context.js';
import { AuditLog } from '../../audit/audit-log.service.js';
import {
  SignInFailedError,
  SignInRequiredError,
} from '../../auth/auth.errors.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { CryptoService } from '../../security/crypto.service.js';
import { TenantSuspendedError } from '../tenant.errors.js';
import { type TenantAccount, toTenantAccount } from './tenant-account.js';
import { TenantAccountsRepository } from './tenant-accounts.repository.js';

/** A tenant as the owner of an account: its name, its password, and whether it may use them. */
@Injectable()
export class TenantAccountsService {
  constructor(
    private readonly accounts: TenantAccountsRepository,
    private readonly transactions: TransactionRunner,
    private readonly crypto: CryptoService,
    private readonly audit: AuditLog,
  ) {}

  async findById(id: number): Promise<TenantAccount | null> {
    const tenant = await this.accounts.findById(id);
    return tenant === null ? null : toTenantAccount(tenant);
  }

  /** Ignores case, as far as it leaves no doubt whose name it is. */
  async findByUsername(username: string): Promise<TenantAccount | null> {
    const tenant = await this.accounts.findByUsername(username);
    return tenant === null ? null : toTenantAccount(tenant);
  }

  isPasswordOf(
    { passwordHash }: TenantAccount,
    password: string,
  ): Promise<boolean> {
    return this.crypto.verifyPassword(password, passwordHash);
  }

  /** @returns the hash that a password which has just been verified should have; the stored one unless that is outdated. */
  renewedHash(
    { passwordHash }: TenantAccount,
    password: string,
  ): Promise<string> {
    return this.crypto.renewedHash(password, passwordHash);
  }

  /**
   * In the transaction of a sign-in: judges again what was checked before it, and stores the renewed hash.
   * Nothing that a caller of the API sees changes by that, so the version stays.
   * @throws SignInFailedError when the password is by now another one, TenantSuspendedError
   */
  async confirm(
    manager: EntityManager,
    checked: TenantAccount,
    renewedHash: string,
  ): Promise<void> {
    const tenant = await this.accounts.findById(checked.id, manager);
    if (tenant?.passwordHash !== checked.passwordHash)
      throw new SignInFailedError();
    if (toTenantAccount(tenant).suspended) throw new TenantSuspendedError();
    if (renewedHash === checked.passwordHash) return;
    if (!(await this.accounts.renewHash(manager, checked, renewedHash))) return;
    await this.audit.record(manager, {
      action: 'tenant.hash_renewed',
      target: `tenant:${checked.id}`,
    });
  }

  /**
   * @param checked with the hash that the current password was checked against.
   * @param andThen runs in the same transaction, and gets the new hash.
   * @throws SignInRequiredError when the tenant has meanwhile been deleted or given another password.
   */
  async changePassword<T>(
    checked: TenantAccount,
    password: string,
    andThen: (manager: EntityManager, newHash: string) => Promise<T>,
  ): Promise<T> {
    const newHash = await this.crypto.hashPassword(
      password,
      auditContext().actor,
    );
    return this.transactions.run(async (manager) => {
      const now = new Date();
      if (
        !(await this.accounts.replacePassword(manager, checked, newHash, now))
      )
        throw new SignInRequiredError();
      await this.audit.record(manager, {
        action: 'tenant.updated',
        target: `tenant:${checked.id}`,
        fields: ['password'],
      });
      return andThen(manager, newHash);
    });
  }
}
