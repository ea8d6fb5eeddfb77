import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { foldUsername } from '../../common/validation/credential-fields.js';
import { READER } from '../../database/data-source-options.js';
import { TableGateway } from '../../database/table-gateway.js';
import { Tenant } from '../tenant.entity.js';
import { assertWritten } from '../../database/sqlite/refused-writes.js';
import { tenantWrite } from '../tenant-write.js';

@Injectable()
export class TenantAccountsRepository {
  readonly #table: TableGateway<Tenant>;

  constructor(
    @InjectRepository(Tenant, READER)
    private readonly tenants: Repository<Tenant>,
  ) {
    this.#table = new TableGateway(tenants);
  }

  findById(id: number, manager?: EntityManager): Promise<Tenant | null> {
    return this.#table.findOne('id = ?', [id], manager);
  }

  /**
   * Ignores case as far as it leaves no doubt whose name it is: the old application has taken names
   * that differ in nothing else, and names in other letters than ASCII.
   */
  async findByUsername(username: string): Promise<Tenant | null> {
    const found = await this.tenants
      .createQueryBuilder('tenant')
      .where('lower(tenant.username) = :folded', {
        folded: foldUsername(username),
      })
      .orWhere('tenant.username = :username', { username })
      .getMany();
    const exact = found.find((tenant) => tenant.username === username);
    return exact ?? (found.length === 1 ? (found[0] ?? null) : null);
  }

  /**
   * Stores another hash of the same password.
   * @returns false unless the stored hash is still the one that was checked.
   */
  async renewHash(
    manager: EntityManager,
    { id, passwordHash }: Pick<Tenant, 'id' | 'passwordHash'>,
    newHash: string,
  ): Promise<boolean> {
    const { affected } = await tenantWrite(
      manager.update(Tenant, { id, passwordHash }, { passwordHash: newHash }),
    );
    return affected === 1;
  }

  /**
   * @returns false unless the stored hash is still the one that was checked.
   * @throws WriteRefusedError
   */
  async replacePassword(
    manager: EntityManager,
    { id, passwordHash }: Pick<Tenant, 'id' | 'passwordHash'>,
    newHash: string,
    updatedAt: Date,
  ): Promise<boolean> {
    const found = await this.findById(id, manager);
    if (found?.passwordHash !== passwordHash) return false;
    await tenantWrite(
      manager.update(
        Tenant,
        { id, passwordHash },
        { passwordHash: newHash, updatedAt, version: () => 'version + 1' },
      ),
    );
    await assertWritten(manager);
    return true;
  }
}
