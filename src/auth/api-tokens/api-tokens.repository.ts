import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, type EntityManager, type Repository } from 'typeorm';
import { READER } from '../../database/data-source-options.js';
import { TableGateway } from '../../database/table-gateway.js';
import { ApiToken } from './api-token.entity.js';

@Injectable()
export class ApiTokensRepository {
  readonly #table: TableGateway<ApiToken>;

  constructor(
    @InjectRepository(ApiToken, READER)
    private readonly tokens: Repository<ApiToken>,
  ) {
    this.#table = new TableGateway(tokens);
  }

  findById(id: string, manager?: EntityManager): Promise<ApiToken | null> {
    return this.#table.findOne('id = ?', [id], manager);
  }

  findAll(): Promise<ApiToken[]> {
    return this.tokens.find({ order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** Those bound to one of the tenants that have not been revoked. */
  findUsableOf(
    manager: EntityManager,
    tenantIds: readonly number[],
  ): Promise<ApiToken[]> {
    return manager.findBy(ApiToken, {
      tenantId: In([...tenantIds]),
      revokedAt: IsNull(),
    });
  }

  async insert(manager: EntityManager, token: ApiToken): Promise<void> {
    await manager.insert(ApiToken, token);
  }

  /** @returns false when there is no such token or it has been revoked already. */
  async revoke(
    manager: EntityManager,
    id: string,
    revokedAt: Date,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      ApiToken,
      { id, revokedAt: IsNull() },
      { revokedAt },
    );
    return affected === 1;
  }

  async touch(
    manager: EntityManager,
    id: string,
    lastUsedAt: Date,
  ): Promise<void> {
    await manager.update(ApiToken, { id }, { lastUsedAt });
  }
}
