import { Injectable } from '@nestjs/common';
import { auditContext } from '../../audit/audit-context.js';
import { AuditLog } from '../../audit/audit-log.service.js';
import { RouteNotFoundError } from '../../common/errors/common.errors.js';
import { UsernameTakenError } from '../../common/errors/username-taken.error.js';
import type { EntityManager } from 'typeorm';
import { isUniqueViolation } from '../../database/query-errors.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { CryptoService } from '../../security/crypto.service.js';
import { AdminNeededError, SignInRequiredError } from '../auth.errors.js';
import { AdminSessionsRepository } from '../sessions/admin-sessions.repository.js';
import { type AdminAccount, toAdminAccount } from './admin-account.js';
import type { Admin } from './admin.entity.js';
import { AdminsRepository } from './admins.repository.js';
import type { CreateAdminDto } from './create-admin.dto.js';

/** An admin as the others see it. */
export interface AdminSummary {
  id: number;
  username: string;
  createdAt: Date;
  lastSignedInAt: Date | null;
  active: boolean;
}

@Injectable()
export class AdminsService {
  constructor(
    private readonly admins: AdminsRepository,
    private readonly sessions: AdminSessionsRepository,
    private readonly transactions: TransactionRunner,
    private readonly crypto: CryptoService,
    private readonly audit: AuditLog,
  ) {}

  /** In order of username. */
  async list(): Promise<AdminSummary[]> {
    return (await this.admins.findAll()).map(toSummary);
  }

  /** @throws RouteNotFoundError */
  async get(id: number): Promise<AdminSummary> {
    return toSummary(await this.#getOrFail(id));
  }

  /** @throws UsernameTakenError */
  async create({ username, password }: CreateAdminDto): Promise<void> {
    const passwordHash = await this.crypto.hashPassword(
      password,
      auditContext().actor,
    );
    try {
      await this.transactions.run(
        async (manager) => {
          await this.admins.assertNameFree(username, manager);
          await this.#insert(manager, username, passwordHash);
        },
        { lock: 'accounts' },
      );
    } catch (error) {
      throw isUniqueViolation(error) ? new UsernameTakenError() : error;
    }
  }

  /**
   * Creates the admin only while there is none, however many processes start together.
   * @param options.tell is called in the same transaction: where it throws, there is no admin.
   * @param options.besideTenant whether a tenant may have the name already: one that an old database has brought.
   * @returns whether it did.
   * @throws UsernameTakenError
   */
  async createFirst(
    { username, password }: CreateAdminDto,
    {
      tell = () => Promise.resolve(),
      besideTenant = false,
    }: { tell?: () => Promise<void>; besideTenant?: boolean } = {},
  ): Promise<boolean> {
    if ((await this.admins.count()) > 0) return false;
    const passwordHash = await this.crypto.hashPassword(
      password,
      auditContext().actor,
    );
    return this.transactions.run(
      async (manager) => {
        if ((await this.admins.count(manager)) > 0) return false;
        if (!besideTenant) await this.admins.assertNameFree(username, manager);
        await this.#insert(manager, username, passwordHash);
        await tell();
        return true;
      },
      { lock: 'accounts' },
    );
  }

  async findByUsername(username: string): Promise<AdminAccount | null> {
    const admin = await this.admins.findByUsername(username);
    return admin === null ? null : toAdminAccount(admin);
  }

  async findById(id: number): Promise<AdminAccount | null> {
    const admin = await this.admins.findById(id);
    return admin === null ? null : toAdminAccount(admin);
  }

  isPasswordOf(
    { passwordHash }: AdminAccount,
    password: string,
  ): Promise<boolean> {
    return this.crypto.verifyPassword(password, passwordHash);
  }

  /**
   * Another password, by whoever runs the service. Ends the admin's sessions; one who is disabled stays so.
   * @returns whether there is such an admin.
   */
  async setPassword({ username, password }: CreateAdminDto): Promise<boolean> {
    const newHash = await this.crypto.hashPassword(
      password,
      auditContext().actor,
    );
    return this.transactions.run(async (manager) => {
      const id = await this.admins.setPassword(
        manager,
        username,
        newHash,
        new Date(),
      );
      if (id === undefined) return false;
      await this.sessions.deleteOf(manager, id);
      await this.audit.record(manager, {
        action: 'admin.password_set',
        target: `admin:${id}`,
      });
      return true;
    });
  }

  /**
   * @param admin with the hash that the current password was checked against.
   * @param andThen runs in the same transaction, and gets the new hash.
   * @throws SignInRequiredError when the admin has meanwhile been disabled or given another password.
   */
  async changePassword<T>(
    admin: AdminAccount,
    password: string,
    andThen: (manager: EntityManager, newHash: string) => Promise<T>,
  ): Promise<T> {
    const newHash = await this.crypto.hashPassword(
      password,
      auditContext().actor,
    );
    return this.transactions.run(async (manager) => {
      const now = new Date();
      if (!(await this.admins.replacePassword(manager, admin, newHash, now)))
        throw new SignInRequiredError();
      await this.audit.record(manager, {
        action: 'admin.password_changed',
        target: `admin:${admin.id}`,
      });
      return andThen(manager, newHash);
    });
  }

  /**
   * Keeps an admin from signing in and ends the sessions at once.
   * @param by who asks; judged again in the transaction, as two may disable each other.
   * @throws AdminNeededError for oneself and the last active one; RouteNotFoundError, SignInRequiredError
   */
  disable(id: number, by: number): Promise<void> {
    return this.transactions.run(
      async (manager) => {
        if ((await this.#getOrFail(by, manager)).disabledAt !== null)
          throw new SignInRequiredError();
        const admin = await this.#getOrFail(id, manager);
        if (admin.disabledAt !== null) return;
        if (id === by || (await this.admins.countActive(manager)) < 2)
          throw new AdminNeededError();
        await this.admins.disable(manager, id, new Date());
        await this.sessions.deleteOf(manager, id);
        await this.audit.record(manager, {
          action: 'admin.disabled',
          target: `admin:${id}`,
        });
      },
      { lock: 'accounts' },
    );
  }

  /** @throws RouteNotFoundError */
  enable(id: number): Promise<void> {
    return this.transactions.run(async (manager) => {
      await this.#getOrFail(id, manager);
      if (await this.admins.enable(manager, id, new Date()))
        await this.audit.record(manager, {
          action: 'admin.enabled',
          target: `admin:${id}`,
        });
    });
  }

  async #getOrFail(id: number, manager?: EntityManager): Promise<Admin> {
    const admin = await this.admins.findById(id, manager);
    if (admin === null) throw new RouteNotFoundError();
    return admin;
  }

  async #insert(
    manager: EntityManager,
    username: string,
    passwordHash: string,
  ): Promise<void> {
    const id = await this.admins.insert(manager, {
      username,
      passwordHash,
      createdAt: new Date(),
    });
    await this.audit.record(manager, {
      action: 'admin.created',
      target: `admin:${id}`,
    });
  }
}

function toSummary(admin: Admin): AdminSummary {
  const { id, username, createdAt, lastSignedInAt, disabledAt } = admin;
  return {
    id,
    username,
    createdAt,
    lastSignedInAt,
    active: disabledAt === null,
  };
}
