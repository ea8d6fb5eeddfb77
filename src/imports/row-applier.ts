import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountNames } from '../auth/account-names.js';
import { type NewTenant, TenantCreator } from '../tenants/tenant-creator.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import type { Progress } from './imports.repository.js';
import { type RowFault, USERNAME_TAKEN } from './row-fault.js';
import type { PreparedRow } from './row-preparer.js';
import type { TenantImport } from './tenant-import.entity.js';

/** What is to become of the rows of a batch. */
interface Verdicts {
  good: { id: number; tenant: NewTenant }[];
  failed: { id: number; fault: RowFault }[];
}

/** Adds the tenants of prepared rows and writes down what became of each, all in the caller's transaction. */
@Injectable()
export class RowApplier {
  constructor(
    private readonly names: AccountNames,
    private readonly creator: TenantCreator,
    private readonly rows: ImportRowsRepository,
  ) {}

  /** @throws UsernameTakenError when an index knows better than we do; then nothing of the batch stands. */
  async apply(
    manager: EntityManager,
    job: TenantImport,
    offered: PreparedRow[],
  ): Promise<Progress> {
    const prepared = await this.#stillPending(manager, offered);
    const taken = await this.#takenNames(manager, job, prepared);
    const { good, failed } = judge(prepared, taken);
    if (job.dryRun) await this.#settleValid(manager, good);
    else await this.#add(manager, good);
    for (const fault of new Set(failed.map((one) => one.fault)))
      await this.rows.settle(
        manager,
        failed.filter((one) => one.fault === fault).map(({ id }) => id),
        { state: 'failed', faults: [fault] },
      );
    await this.rows.dropPayloads(
      manager,
      prepared.map(({ row }) => row.id),
    );
    return {
      total: 0,
      processed: prepared.length,
      added: job.dryRun ? 0 : good.length,
      failed: failed.length,
    };
  }

  /** What is done is done: a row is never judged twice, however its batch came here. */
  async #stillPending(
    manager: EntityManager,
    offered: PreparedRow[],
  ): Promise<PreparedRow[]> {
    const pending = await this.rows.findStillPending(
      manager,
      offered.map(({ row }) => row.id),
    );
    return offered.filter(({ row }) => pending.has(row.id));
  }

  async #add(manager: EntityManager, good: Verdicts['good']): Promise<void> {
    if (good.length === 0) return;
    const tenantIds = await this.creator.insertAll(
      manager,
      good.map(({ tenant }) => tenant),
    );
    await this.rows.settleAdded(
      manager,
      tenantIds.map((tenantId, index) => ({
        id: good[index]?.id ?? 0,
        tenantId,
      })),
    );
  }

  #settleValid(manager: EntityManager, good: Verdicts['good']): Promise<void> {
    return this.rows.settle(
      manager,
      good.map(({ id }) => id),
      { state: 'valid', faults: null },
    );
  }

  async #takenNames(
    manager: EntityManager,
    { id, dryRun }: TenantImport,
    prepared: PreparedRow[],
  ): Promise<Set<string>> {
    const names = prepared.flatMap((item) =>
      'tenant' in item ? item.tenant.input.username : [],
    );
    if (names.length === 0) return new Set();
    const taken = await this.names.findTaken(names, manager);
    const earlier = dryRun
      ? await this.rows.findValidNames(manager, id, names)
      : [];
    return new Set([...taken, ...earlier]);
  }
}

/** Of two rows with one name the earlier gets it. */
function judge(prepared: PreparedRow[], taken: Set<string>): Verdicts {
  const verdicts: Verdicts = { good: [], failed: [] };
  for (const item of prepared) {
    const { id } = item.row;
    if ('fault' in item) verdicts.failed.push({ id, fault: item.fault });
    else if (taken.has(item.tenant.input.username))
      verdicts.failed.push({ id, fault: USERNAME_TAKEN });
    else {
      taken.add(item.tenant.input.username);
      verdicts.good.push({ id, tenant: item.tenant });
    }
  }
  return verdicts;
}
