import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { UsernameTakenError } from '../../common/errors/username-taken.error.js';
import type { EntityManager } from 'typeorm';
import { isUniqueViolation } from '../../database/query-errors.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { CryptoService } from '../../security/crypto.service.js';
import { AdminsRepository } from './admins.repository.js';
import type { CreateAdminDto } from './create-admin.dto.js';

@Injectable()
export class AdminsService {
  constructor(
    private readonly admins: AdminsRepository,
    private readonly transactions: TransactionRunner,
    private readonly crypto: CryptoService,
    private readonly audit: AuditLog,
  ) {}

  /** @throws UsernameTakenError */
  async create({ username, password }: CreateAdminDto): Promise<void> {
    const passwordHash = await this.crypto.hashPassword(password);
    try {
      await this.transactions.run((manager) =>
        this.#insert(manager, username, passwordHash),
      );
    } catch (error) {
      throw isUniqueViolation(error) ? new UsernameTakenError() : error;
    }
  }

  /**
   * Creates the admin only while there is none, however many processes start together.
   * @returns whether it did.
   */
  async createFirst({ username, password }: CreateAdminDto): Promise<boolean> {
    if ((await this.admins.count()) > 0) return false;
    const passwordHash = await this.crypto.hashPassword(password);
    return this.transactions.run(async (manager) => {
      if ((await this.admins.count(manager)) > 0) return false;
      await this.#insert(manager, username, passwordHash);
      return true;
    });
  }

  /** @returns the admin's id, or undefined: an unknown name and a wrong password look and last the same. */
  async checkPassword(
    username: string,
    password: string,
  ): Promise<number | undefined> {
    const admin = await this.admins.findByUsername(username);
    return (await this.crypto.verifyPassword(password, admin?.passwordHash))
      ? admin?.id
      : undefined;
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
