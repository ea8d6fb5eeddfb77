import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/audit-log.service.js';
import { ApiTokensService } from '../../auth/api-tokens/api-tokens.service.js';
import { IdempotencyService } from '../../idempotency/idempotency.service.js';
import { ImportRowsRepository } from '../../imports/import-rows.repository.js';
import type { DeletedTenant } from './deleted-tenant.entity.js';
import { DeletedTenantsRepository } from './deleted-tenants.repository.js';

type Purged = Pick<DeletedTenant, 'id' | 'username'>;

/** Takes tenants away for good, from every table that has anything of them. Sessions and search went when they were deleted. */
@Injectable()
export class TenantPurger {
  constructor(
    private readonly bin: DeletedTenantsRepository,
    private readonly importRows: ImportRowsRepository,
    private readonly idempotency: IdempotencyService,
    private readonly tokens: ApiTokensService,
    private readonly audit: AuditLog,
  ) {}

  async purge(
    manager: EntityManager,
    tenants: readonly Purged[],
  ): Promise<void> {
    if (tenants.length === 0) return;
    const ids = tenants.map(({ id }) => id);
    const targets = ids.map((id) => `tenant:${id}`);
    await this.bin.purge(manager, ids);
    await this.importRows.forgetNames(manager, tenants);
    await this.idempotency.forgetAnswers(manager, targets);
    await this.audit.recordAll(
      manager,
      targets.map((target) => ({ action: 'tenant.purged', target })),
    );
    await this.tokens.revokeOf(manager, ids);
  }
}
