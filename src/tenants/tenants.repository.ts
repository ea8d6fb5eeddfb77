import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import { READER } from '../database/data-source-options.js';
import { TableGateway } from '../database/table-gateway.js';
import { moveToBin } from './bin/move-tenant.js';
import { refusingTakenNames } from './refusing-taken-names.js';
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
  readonly #table: TableGateway<Tenant>;

  constructor(
    @InjectRepository(Tenant, READER)
    private readonly tenants: Repository<Tenant>,
  ) {
    this.#table = new TableGateway(tenants);
  }

  /** In order of id; those that do not exist are left out. */
  findByIds(ids: readonly number[]): Promise<Tenant[]> {
    return this.#table.find(
      'id IN (SELECT value FROM json_each(?)) ORDER BY id',
      [JSON.stringify(ids)],
    );
  }

  async getByIdOrFail(id: number, manager?: EntityManager): Promise<Tenant> {
    const tenant = await this.#table.findOne('id = ?', [id], manager);
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

  /** Those of the names, folded, that are in use in whatever case. */
  async findTakenNames(
    names: string[],
    manager: EntityManager,
  ): Promise<string[]> {
    const found = await manager
      .createQueryBuilder(Tenant, 'tenant')
      .select('lower(tenant.username)', 'name')
      .where('lower(tenant.username) IN (:...names)', { names })
      .getRawMany<{ name: string }>();
    return found.map(({ name }) => name);
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
    await refusingTakenNames(this.#table.update(manager, id, changes));
  }

  /** Moves the row of a tenant that exists to the bin. */
  delete(manager: EntityManager, id: number): Promise<void> {
    return moveToBin(manager, id);
  }

  #source(manager: EntityManager | undefined): Repository<Tenant> {
    return manager?.getRepository(Tenant) ?? this.tenants;
  }
}
