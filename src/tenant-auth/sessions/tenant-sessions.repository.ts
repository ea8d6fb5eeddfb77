import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, type EntityManager, type Repository } from 'typeorm';
import { READER } from '../../database/data-source-options.js';
import { TableGateway } from '../../database/table-gateway.js';
import { TenantSession } from './tenant-session.entity.js';

@Injectable()
export class TenantSessionsRepository {
  readonly #table: TableGateway<TenantSession>;

  constructor(
    @InjectRepository(TenantSession, READER)
    sessions: Repository<TenantSession>,
  ) {
    this.#table = new TableGateway(sessions);
  }

  findByHash(idHash: string): Promise<TenantSession | null> {
    return this.#table.findOne('id_hash = ?', [idHash]);
  }

  async insert(manager: EntityManager, session: TenantSession): Promise<void> {
    await manager.insert(TenantSession, session);
  }

  async touch(
    manager: EntityManager,
    idHash: string,
    lastUsedAt: Date,
  ): Promise<void> {
    await manager.update(TenantSession, { idHash }, { lastUsedAt });
  }

  /** @returns false when it had ended already. */
  async delete(manager: EntityManager, idHash: string): Promise<boolean> {
    const { affected } = await manager.delete(TenantSession, { idHash });
    return affected === 1;
  }

  async deleteOf(manager: EntityManager, tenantId: number): Promise<void> {
    await manager.delete(TenantSession, { tenantId });
  }

  async deleteExpired(manager: EntityManager, now: Date): Promise<void> {
    // Stored as text that sorts by time; the transformer is applied to the bound.
    await manager.delete(TenantSession, { expiresAt: LessThan(now) });
  }
}
