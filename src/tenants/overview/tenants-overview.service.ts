import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../security/key-ring.js';
import { TenantIndex } from '../search/tenant-index.js';
import { lastMonths } from './last-months.js';
import { TenantsOverviewRepository } from './tenants-overview.repository.js';

export interface TenantsOverview {
  active: number;
  suspended: number;
  /**
   * Tenants whose key is not bound to them, or needs an encryption key that is not given. Judged by the key ids alone:
   * that a token has been damaged only shows when it is looked at one by one, as lists and `keys verify` do.
   */
  unreadableKeys: number;
  createdThisMonth: number;
  /** The last 12 months in Turkey, oldest first, this one included. */
  createdByMonth: { month: string; tenants: number }[];
}

const MONTHS = 12;

@Injectable()
export class TenantsOverviewService {
  constructor(
    private readonly index: TenantIndex,
    private readonly counts: TenantsOverviewRepository,
    private readonly ring: KeyRing,
  ) {}

  async get(now = new Date()): Promise<TenantsOverview> {
    await this.index.ready();
    const byStatus = await this.counts.countByStatus();
    const months = lastMonths(MONTHS, now);
    const created = await this.counts.countCreatedBetween(
      months.map(({ start }) => start),
    );
    const createdByMonth = created.map((tenants, index) => ({
      month: months[index]?.name ?? '',
      tenants,
    }));
    return {
      active: byStatus.get('active') ?? 0,
      suspended: byStatus.get('suspended') ?? 0,
      unreadableKeys: await this.#countUnreadable(),
      createdThisMonth: createdByMonth.at(-1)?.tenants ?? 0,
      createdByMonth,
    };
  }

  async #countUnreadable(): Promise<number> {
    const byKid = await this.counts.countByKid();
    return byKid
      .filter(({ kid }) => kid === null || !this.ring.kids.includes(kid))
      .reduce((sum, { tenants }) => sum + tenants, 0);
  }
}
