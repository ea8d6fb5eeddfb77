import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import { UsernameTakenError } from '../common/errors/username-taken.error.js';
import { READER } from '../database/data-source-options.js';
import { isUniqueViolation } from '../database/query-errors.js';
import { Tenant } from './tenant.entity.js';
import { TenantNotFoundError } from './tenant.errors.js';

export type NewTenant = Pick<
  Tenant,
  'username' | 'passwordHash' | 'businessName' | 'systemPrompt' | 'createdAt'
>;
export type TenantChanges = Partial<Omit<Tenant, 'id'>>;

/** Reads go over the reader connection, unless they are part of a change and get its manager. */
@Injectable()
export class TenantsRepository {
  constructor(
    @InjectRepository(Tenant, READER)
    private readonly tenants: Repository<Tenant>,
  ) {}

  /** In the order of the ids; those that do not exist are left out. */
  async findByIds(ids: readonly number[]): Promise<Tenant[]> {
    const found = await this.tenants.findBy({ id: In([...ids]) });
    const byId = new Map(found.map((tenant) => [tenant.id, tenant]));
    return ids
      .map((id) => byId.get(id))
      .filter((tenant) => tenant !== undefined);
  }

  async getByIdOrFail(id: number, manager?: EntityManager): Promise<Tenant> {
    const tenant = await this.#source(manager).findOneBy({ id });
    if (tenant === null) throw new TenantNotFoundError();
    return tenant;
  }

  existsById(id: number): Promise<boolean> {
    return this.tenants.existsBy({ id });
  }

  findNames(ids: number[]): Promise<Pick<Tenant, 'id' | 'businessName'>[]> {
    return this.tenants.find({
      select: { id: true, businessName: true },
      where: { id: In(ids) },
    });
  }

  /** Ignores case, because rows of the old application may be written in any. */
  async isUsernameTaken(
    username: string,
    manager?: EntityManager,
  ): Promise<boolean> {
    return this.#source(manager)
      .createQueryBuilder('tenant')
      .where('lower(tenant.username) = :username', { username })
      .getExists();
  }

  /** @throws UsernameTakenError */
  async insert(manager: EntityManager, tenant: NewTenant): Promise<number> {
    const { identifiers } = await refusingTakenNames(
      manager.insert(Tenant, { ...tenant, openaiApiKey: '' }),
    );
    // `insert` gives the generated key of each row.
    return (identifiers as [{ id: number }])[0].id;
  }

  /** @throws UsernameTakenError */
  async update(
    manager: EntityManager,
    id: number,
    changes: TenantChanges,
  ): Promise<void> {
    await refusingTakenNames(manager.update(Tenant, { id }, changes));
  }

  /** @throws TenantNotFoundError */
  async delete(manager: EntityManager, id: number): Promise<void> {
    const { affected } = await manager.delete(Tenant, { id });
    if (affected === 0) throw new TenantNotFoundError();
  }

  #source(manager: EntityManager | undefined): Repository<Tenant> {
    return manager?.getRepository(Tenant) ?? this.tenants;
  }
}

async function refusingTakenNames<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    throw isUniqueViolation(error) ? new UsernameTakenError() : error;
  }
}
