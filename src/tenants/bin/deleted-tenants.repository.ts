import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  type EntityManager,
  In,
  LessThanOrEqual,
  MoreThan,
  type Repository,
} from 'typeorm';
import { foldUsername } from '../../common/validation/credential-fields.js';
import type { SizedId } from '../../common/in-pieces.js';
import { READER } from '../../database/data-source-options.js';
import { TableGateway } from '../../database/table-gateway.js';
import { formatUtc } from '../../database/utc-date.transformer.js';
import { SteadyClock } from '../../maintenance/steady-clock.js';
import type { Tenant } from '../tenant.entity.js';
import { TenantNotFoundError } from '../tenant.errors.js';
import {
  assertWritten,
  obeyingRules,
} from '../../database/sqlite/refused-writes.js';
import { TenantsRepository } from '../tenants.repository.js';
import { DeletedTenant, oldestInBin } from './deleted-tenant.entity.js';
import { moveFromBin } from './move-tenant.js';

const WITHOUT_PROMPT = {
  id: true,
  username: true,
  businessName: true,
  openaiApiKey: true,
  openaiApiKeyKid: true,
  openaiApiKeyMac: true,
  openaiApiKeyHint: true,
  status: true,
  version: true,
  createdAt: true,
  updatedAt: true,
  deletedAt: true,
} as const;

/** The bin. A tenant that has been in it for too long is not there, whether it has been purged yet or not. */
@Injectable()
export class DeletedTenantsRepository {
  readonly #table: TableGateway<DeletedTenant>;

  constructor(
    @InjectRepository(DeletedTenant, READER)
    private readonly deleted: Repository<DeletedTenant>,
    private readonly tenants: TenantsRepository,
    private readonly clock: SteadyClock,
  ) {
    this.#table = new TableGateway(deleted);
  }

  /** Without prompts, which may be long. Newest deletion first. */
  async findPageWithoutPrompts(
    skip: number,
    limit: number,
  ): Promise<[DeletedTenant[], number]> {
    return this.deleted.findAndCount({
      select: WITHOUT_PROMPT,
      where: { deletedAt: MoreThan(await this.#oldest()) },
      order: { deletedAt: 'DESC', id: 'ASC' },
      skip,
      take: limit,
    });
  }

  /** Which tenants the same page has, and how many there are in all. */
  async findSizedPage(
    skip: number,
    limit: number,
  ): Promise<[SizedId[], number]> {
    const oldest = await this.#oldest();
    return Promise.all([
      this.#table.findSizes(
        'deleted_at > ? ORDER BY deleted_at DESC, id LIMIT ? OFFSET ?',
        [formatUtc(oldest), limit, skip],
      ),
      this.deleted.countBy({ deletedAt: MoreThan(oldest) }),
    ]);
  }

  findByIds(ids: readonly number[]): Promise<DeletedTenant[]> {
    return this.#table.find('id IN (SELECT value FROM json_each(?))', [
      JSON.stringify(ids),
    ]);
  }

  /** @throws TenantNotFoundError */
  async getByIdOrFail(
    id: number,
    manager?: EntityManager,
  ): Promise<DeletedTenant> {
    const tenant = await this.#table.findOne(
      'id = ? AND deleted_at > ?',
      [id, formatUtc(await this.#oldest())],
      manager,
    );
    if (tenant === null) throw new TenantNotFoundError();
    return tenant;
  }

  /** Some that have been there for too long. */
  async findExpired(
    manager: EntityManager,
    limit: number,
  ): Promise<Pick<DeletedTenant, 'id' | 'username'>[]> {
    return manager.find(DeletedTenant, {
      select: { id: true, username: true },
      where: { deletedAt: LessThanOrEqual(await this.#oldest()) },
      order: { deletedAt: 'ASC', id: 'ASC' },
      take: limit,
    });
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
    await this.tenants.assertNameFree(foldUsername(changes.username), manager);
    await obeyingRules(manager.update(DeletedTenant, { id }, changes));
    await assertWritten(manager);
    await moveFromBin(manager, id);
    return this.tenants.getByIdOrFail(id, manager);
  }

  async purge(manager: EntityManager, ids: readonly number[]): Promise<void> {
    await obeyingRules(manager.delete(DeletedTenant, { id: In([...ids]) }));
    await assertWritten(manager, ids.length);
  }

  async #oldest(): Promise<Date> {
    return oldestInBin(await this.clock.now());
  }
}
