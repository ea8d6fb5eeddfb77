import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditAction } from '../audit/audit-actions.js';
import { AuditLog } from '../audit/audit-log.service.js';
import { type AcceptedVersions, assertVersion } from '../http/version-tag.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { CryptoService } from '../security/crypto.service.js';
import type { TenantResponseDto } from './dto/tenant-response.dto.js';
import { presentTenant } from './present-tenant.js';
import { type TenantStatus, tenantStatus } from './tenant-status.js';
import type { Tenant } from './tenant.entity.js';
import { TenantsRepository } from './tenants.repository.js';

const ACTIONS: Record<TenantStatus, AuditAction> = {
  active: 'tenant.activated',
  suspended: 'tenant.suspended',
};

/** Suspends tenants and lets them in again. A tenant that is so already is left as it is. */
@Injectable()
export class TenantStatusService {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly transactions: TransactionRunner,
    private readonly crypto: CryptoService,
    private readonly audit: AuditLog,
    private readonly idempotency: IdempotencyService,
  ) {}

  /** @throws TenantNotFoundError, VersionConflictError */
  suspend(id: number, accepted?: AcceptedVersions): Promise<TenantResponseDto> {
    return this.#change(id, 'suspended', accepted);
  }

  /** @throws TenantNotFoundError, VersionConflictError */
  activate(
    id: number,
    accepted?: AcceptedVersions,
  ): Promise<TenantResponseDto> {
    return this.#change(id, 'active', accepted);
  }

  #change(
    id: number,
    status: TenantStatus,
    accepted: AcceptedVersions,
  ): Promise<TenantResponseDto> {
    return this.transactions.run(async (manager) => {
      const changed = await this.#set(manager, id, status, accepted);
      const tenant = presentTenant(changed, this.crypto);
      await this.idempotency.keep(manager, tenant, { target: `tenant:${id}` });
      return tenant;
    });
  }

  async #set(
    manager: EntityManager,
    id: number,
    status: TenantStatus,
    accepted: AcceptedVersions,
  ): Promise<Tenant> {
    const tenant = await this.tenants.getByIdOrFail(id, manager);
    assertVersion(tenant.version, accepted);
    if (tenantStatus(tenant.status) === status) return tenant;
    await this.tenants.update(manager, id, {
      status,
      version: tenant.version + 1,
      updatedAt: new Date(),
    });
    await this.audit.record(manager, {
      action: ACTIONS[status],
      target: `tenant:${id}`,
    });
    return this.tenants.getByIdOrFail(id, manager);
  }
}
