import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import { AccountNames } from '../auth/account-names.js';
import type { SizedId } from '../common/in-pieces.js';
import { READER } from '../database/data-source-options.js';
import { WriteRefusedError } from '../common/errors/write-refused.error.js';
import { assertWritten } from '../database/sqlite/refused-writes.js';
import { TableGateway } from '../database/table-gateway.js';
import { TENANTS_AS_JSON, type WrittenTenants } from './tenant-json.js';
import { Tenant } from './tenant.entity.js';
import { TenantNotFoundError } from './tenant.errors.js';
import { tenantWrite } from './tenant-write.js';

export type NewTenant = Pick<
  Tenant,
  'username' | 'passwordHash' | 'businessName' | 'systemPrompt' | 'createdAt'
>;
export type TenantChanges = Partial<Omit<Tenant, 'id'>>;

/** Reads go over the reader connection, unless they are part of a change and get its manager. */
@Injectable()
export class TenantsRepository implements OnModuleInit {
  readonly #table: TableGateway<Tenant>;

  constructor(
    @InjectRepository(Tenant, READER)
    private readonly tenants: Repository<Tenant>,
    private readonly accountNames: AccountNames,
  ) {
    this.#table = new TableGateway(tenants);
  }

  onModuleInit(): void {
    this.accountNames.addKind((names, manager) =>
      this.#findTaken(names, manager),
    );
  }

  /** In order of id; those that do not exist are left out. */
  findByIds(ids: readonly number[]): Promise<Tenant[]> {
    return this.#table.find(
      'id IN (SELECT value FROM json_each(?)) ORDER BY id',
      [JSON.stringify(ids)],
    );
  }

  /** In this order; those that do not exist are left out. */
  async writeByIds(ids: readonly number[]): Promise<WrittenTenants> {
    const [written] = await this.tenants.query<[WrittenTenants]>(
      `SELECT ${TENANTS_AS_JSON} FROM json_each(?) page CROSS JOIN tenants t ON t.id = page.value`,
      [JSON.stringify(ids)],
    );
    return written;
  }

  /** Of those that exist, in order of id. */
  findSizes(ids: readonly number[]): Promise<SizedId[]> {
    return this.#table.findSizes(
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

  /** @throws UsernameTakenError when an account of whatever kind has the name. */
  assertNameFree(username: string, manager?: EntityManager): Promise<void> {
    return this.accountNames.assertFree(username, manager);
  }

  /**
   * @throws UsernameTakenError when an index refuses the name; the caller has asked for it before.
   * WriteRefusedError when no such row was made: SQLite's id of the last row is then that of another tenant.
   */
  async insert(manager: EntityManager, tenant: NewTenant): Promise<number> {
    await tenantWrite(manager.insert(Tenant, { ...tenant, openaiApiKey: '' }));
    const [made] = await manager.query<[{ id: number }?]>(
      'SELECT id FROM tenants WHERE changes() = 1 AND id = last_insert_rowid() AND username = ?',
      [tenant.username],
    );
    if (made === undefined) throw new WriteRefusedError();
    return made.id;
  }

  /**
   * Changes at least one column of a tenant that exists.
   * @throws UsernameTakenError, WriteRefusedError
   */
  async update(
    manager: EntityManager,
    id: number,
    changes: TenantChanges,
  ): Promise<void> {
    if (changes.username !== undefined)
      await this.assertNameFree(changes.username, manager);
    await tenantWrite(this.#table.update(manager, id, changes));
    await assertWritten(manager);
  }

  /** Ignores case, because rows of the old application may be written in any. */
  async #findTaken(
    names: readonly string[],
    manager: EntityManager = this.tenants.manager,
  ): Promise<string[]> {
    const found = await manager.query<{ name: string }[]>(
      'SELECT lower(username) AS name FROM tenants WHERE lower(username) IN (SELECT value FROM json_each(?))',
      [JSON.stringify(names)],
    );
    return found.map(({ name }) => name);
  }
}
