import { Injectable } from '@nestjs/common';
import { TenantNotFoundError } from './tenant.errors.js';
import type { TenantStatus } from './tenant-status.js';
import { TenantStatusService } from './tenant-status.service.js';
import { TenantsService } from './tenants.service.js';

/** What became of the tenants that were asked for together. */
export interface BulkOutcome {
  changed: number;
  /** Those that are so already, and those that are gone. */
  skipped: number;
}

/** Suspends or activates several tenants, each by itself: one that is gone keeps no other from it. */
@Injectable()
export class BulkStatusService {
  constructor(
    private readonly tenants: TenantsService,
    private readonly statuses: TenantStatusService,
  ) {}

  async set(
    ids: readonly number[],
    status: TenantStatus,
  ): Promise<BulkOutcome> {
    let changed = 0;
    for (const id of ids) if (await this.#setOne(id, status)) changed += 1;
    return { changed, skipped: ids.length - changed };
  }

  /** @returns whether there was something to change. */
  async #setOne(id: number, status: TenantStatus): Promise<boolean> {
    try {
      if ((await this.tenants.get(id)).status === status) return false;
      await (status === 'active'
        ? this.statuses.activate(id)
        : this.statuses.suspend(id));
      return true;
    } catch (error) {
      if (error instanceof TenantNotFoundError) return false;
      throw error;
    }
  }
}
