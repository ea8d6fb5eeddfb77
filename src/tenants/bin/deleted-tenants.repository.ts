import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  type EntityManager,
  LessThanOrEqual,
  MoreThan,
  type Repository,
} from 'typeorm';
import { UsernameTakenError } from '../../common/errors/username-taken.error.js';
import { foldUsername } from '../../common/validation/credential-fields.js';
import { READER } from '../../database/data-source-options.js';
import type { Tenant } from '../tenant.entity.js';
import { TenantNotFoundError } from '../tenant.errors.js';
import { TenantsRepository } from '../tenants.repository.js';
import { DeletedTenant, oldestInBin } from './deleted-tenant.entity.js';
import { moveFromBin } from './move-tenant.js';

/** The bin. A tenant that has been in it for too long is not there, whether it has been purged yet or not. */
@Injectable()
export class DeletedTenantsRepository {
  constructor(
    @InjectRepository(DeletedTenant, READER)
    private readonly deleted: Repository<DeletedTenant>,
    private readonly tenants: TenantsRepository,
  ) {}

  /** Newest deletion first. */
  findPage(skip: number, limit: number): Promise<[DeletedTenant[], number]> {
    return this.deleted.findAndCount({
      where: { deletedAt: MoreThan(oldestInBin()) },
      order: { deletedAt: 'DESC', id: 'ASC' },
      skip,
      take: limit,
    });
  }

  /** @throws TenantNotFoundError */
  async getByIdOrFail(
    id: number,
    manager?: EntityManager,
  ): Promise<DeletedTenant> {
    const source = manager?.getRepository(DeletedTenant) ?? this.deleted;
    const tenant = await source.findOneBy({
      id,
      deletedAt: MoreThan(oldestInBin()),
    });
    if (tenant === null) throw new TenantNotFoundError();
    return tenant;
  }

  /** The ids of some that have been there for too long. */
  async findExpired(manager: EntityManager, limit: number): Promise<number[]> {
    const expired = await manager.find(DeletedTenant, {
      select: { id: true },
      where: { deletedAt: LessThanOrEqual(oldestInBin()) },
      order: { deletedAt: 'ASC', id: 'ASC' },
      take: limit,
    });
    return expired.map(({ id }) => id);
  }

  /**
   * Moves a tenant back among the living.
   * @throws UsernameTakenError
   */
  async restore(
    manager: EntityManager,
    id: number,
    changes: Pick<DeletedTenant, 'username' | 'version' | 'updatedAt'>,
  ): Promise<Tenant> {
    const folded = foldUsername(changes.username);
    if (await this.tenants.isUsernameTaken(folded, manager))
      throw new UsernameTakenError();
    await manager.update(DeletedTenant, { id }, changes);
    await moveFromBin(manager, id);
    return this.tenants.getByIdOrFail(id, manager);
  }

  async purge(manager: EntityManager, id: number): Promise<void> {
    await manager.delete(DeletedTenant, { id });
  }
}
