import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/audit-log.service.js';
import { ApiTokensService } from '../../auth/api-tokens/api-tokens.service.js';
import { IdempotencyService } from '../../idempotency/idempotency.service.js';
import type { DeletedTenant } from './deleted-tenant.entity.js';
import { DeletedTenantsRepository } from './deleted-tenants.repository.js';

export type Purged = Pick<DeletedTenant, 'id' | 'username'>;

/** Takes away what one feature has kept of tenants. */
type Forget = (
  manager: EntityManager,
  tenants: readonly Purged[],
) => Promise<void>;

/** Takes tenants away for good, from every table that has anything of them. Sessions and search went when they were deleted. */
@Injectable()
export class TenantPurger {
  readonly #others: Forget[] = [];

  constructor(
    private readonly bin: DeletedTenantsRepository,
    private readonly idempotency: IdempotencyService,
    private readonly tokens: ApiTokensService,
    private readonly audit: AuditLog,
  ) {}

  /** Called while its module is set up by each feature above that keeps something of tenants. */
  add(forget: Forget): void {
    this.#others.push(forget);
  }

  async purge(
    manager: EntityManager,
    tenants: readonly Purged[],
  ): Promise<void> {
    if (tenants.length === 0) return;
    const ids = tenants.map(({ id }) => id);
    const targets = ids.map((id) => `tenant:${id}`);
    await this.bin.purge(manager, ids);
    for (const forget of this.#others) await forget(manager, tenants);
    await this.idempotency.forgetAnswers(manager, targets);
    await this.audit.recordAll(
      manager,
      targets.map((target) => ({ action: 'tenant.purged', target })),
    );
    await this.tokens.revokeOf(manager, ids);
  }
}
