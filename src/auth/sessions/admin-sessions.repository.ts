import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Not, type EntityManager, type Repository } from 'typeorm';
import { READER } from '../../database/data-source-options.js';
import { TableGateway } from '../../database/table-gateway.js';
import { AdminSession } from './admin-session.entity.js';

@Injectable()
export class AdminSessionsRepository {
  readonly #table: TableGateway<AdminSession>;

  constructor(
    @InjectRepository(AdminSession, READER)
    private readonly sessions: Repository<AdminSession>,
  ) {
    this.#table = new TableGateway(sessions);
  }

  findByHash(idHash: string): Promise<AdminSession | null> {
    return this.#table.findOne('id_hash = ?', [idHash]);
  }

  /** Most recently used first. */
  findOf(adminId: number): Promise<AdminSession[]> {
    return this.sessions.find({
      where: { adminId },
      order: { lastUsedAt: 'DESC', idHash: 'ASC' },
    });
  }

  async insert(manager: EntityManager, session: AdminSession): Promise<void> {
    await manager.insert(AdminSession, session);
  }

  async touch(
    manager: EntityManager,
    idHash: string,
    lastUsedAt: Date,
  ): Promise<void> {
    await manager.update(AdminSession, { idHash }, { lastUsedAt });
  }

  /** @returns false when it had ended already. */
  async delete(manager: EntityManager, idHash: string): Promise<boolean> {
    const { affected } = await manager.delete(AdminSession, { idHash });
    return affected === 1;
  }

  async deleteOf(manager: EntityManager, adminId: number): Promise<void> {
    await manager.delete(AdminSession, { adminId });
  }

  /** @returns how many others there were. */
  async deleteOthers(
    manager: EntityManager,
    adminId: number,
    keptHash: string,
  ): Promise<number> {
    const { affected } = await manager.delete(AdminSession, {
      adminId,
      idHash: Not(keptHash),
    });
    return affected ?? 0;
  }

  async deleteExpired(manager: EntityManager, now: Date): Promise<void> {
    // Stored as text that sorts by time; the transformer is applied to the bound.
    await manager.delete(AdminSession, { expiresAt: LessThan(now) });
  }
}
