import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/audit-log.service.js';
import { inOrder, type Pieces, readInPieces } from '../../common/in-pieces.js';
import {
  type AcceptedVersions,
  assertVersion,
} from '../../http/version-tag.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { IdempotencyService } from '../../idempotency/idempotency.service.js';
import { CryptoService } from '../../security/crypto.service.js';
import type { TenantResponseDto } from '../dto/tenant-response.dto.js';
import { presentTenant } from '../present-tenant.js';
import type { DeletedTenant } from './deleted-tenant.entity.js';
import { DeletedTenantsRepository } from './deleted-tenants.repository.js';
import {
  type DeletedTenantResponseDto,
  toDeletedTenantResponse,
} from './dto/deleted-tenant-response.dto.js';
import type { RestoreTenantDto } from './dto/restore-tenant.dto.js';
import { TenantPurger } from './tenant-purger.js';

interface Page {
  skip: number;
  limit: number;
}

export type BriefDeletedTenant = Omit<
  DeletedTenantResponseDto,
  'system_prompt'
>;

/** Deleted tenants: for 30 days they can be restored. `TenantsService.delete` brings them here. */
@Injectable()
export class TenantBinService {
  constructor(
    private readonly bin: DeletedTenantsRepository,
    private readonly transactions: TransactionRunner,
    private readonly crypto: CryptoService,
    private readonly audit: AuditLog,
    private readonly idempotency: IdempotencyService,
    private readonly purger: TenantPurger,
  ) {}

  /**
   * Newest deletion first. Which tenants there are is of one moment; where they are too large to be held together, one that has
   * left the bin when its turn comes is left out.
   */
  async list({ skip, limit }: Page): Promise<{
    tenants: Pieces<DeletedTenantResponseDto[]>;
    total: number;
  }> {
    const [rows, total] = await this.bin.findSizedPage(skip, limit);
    const tenants = await readInPieces(rows, async (ids) =>
      inOrder(ids, await this.bin.findByIds(ids)).map((tenant) =>
        this.#present(tenant),
      ),
    );
    return { tenants, total };
  }

  /** The same without prompts, which may be long. */
  async brief({
    skip,
    limit,
  }: Page): Promise<{ tenants: BriefDeletedTenant[]; total: number }> {
    const [tenants, total] = await this.bin.findPageWithoutPrompts(skip, limit);
    return { tenants: tenants.map((tenant) => this.#present(tenant)), total };
  }

  /** @throws TenantNotFoundError */
  async get(id: number): Promise<DeletedTenantResponseDto> {
    return this.#present(await this.bin.getByIdOrFail(id));
  }

  /**
   * Brings a tenant back as it was, under its old name unless it is given another.
   * @throws TenantNotFoundError, VersionConflictError, or UsernameTakenError: then it stays in the bin.
   */
  restore(
    id: number,
    { username }: RestoreTenantDto = {},
    accepted?: AcceptedVersions,
  ): Promise<TenantResponseDto> {
    return this.transactions.run(
      (manager) => this.#restore(manager, id, username ?? undefined, accepted),
      { lock: 'accounts' },
    );
  }

  /**
   * Deletes a tenant for good.
   * @throws TenantNotFoundError, VersionConflictError
   */
  purge(id: number, accepted?: AcceptedVersions): Promise<void> {
    return this.transactions.run(async (manager) => {
      const tenant = await this.bin.getByIdOrFail(id, manager);
      assertVersion(tenant.version, accepted);
      await this.purger.purge(manager, [tenant]);
    });
  }

  /**
   * Deletes for good some of those that have been here for too long.
   * @returns how many.
   */
  purgeExpired(limit: number): Promise<number> {
    return this.transactions.run(
      async (manager) => {
        const expired = await this.bin.findExpired(manager, limit);
        await this.purger.purge(manager, expired);
        return expired.length;
      },
      { lock: 'purge' },
    );
  }

  async #restore(
    manager: EntityManager,
    id: number,
    newName: string | undefined,
    accepted: AcceptedVersions,
  ): Promise<TenantResponseDto> {
    const deleted = await this.bin.getByIdOrFail(id, manager);
    assertVersion(deleted.version, accepted);
    const username = newName ?? deleted.username;
    const restored = await this.bin.restore(manager, id, {
      username,
      version: deleted.version + 1,
      updatedAt: new Date(),
    });
    await this.audit.record(manager, {
      action: 'tenant.restored',
      target: `tenant:${id}`,
      fields: username === deleted.username ? [] : ['username'],
    });
    const tenant = presentTenant(restored, this.crypto);
    await this.idempotency.keep(manager, tenant, { target: `tenant:${id}` });
    return tenant;
  }

  #present(tenant: DeletedTenant): DeletedTenantResponseDto {
    return toDeletedTenantResponse(tenant, presentTenant(tenant, this.crypto));
  }
}
