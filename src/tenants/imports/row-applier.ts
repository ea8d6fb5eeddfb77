import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UsernameTakenError } from '../../common/errors/username-taken.error.js';
import { TenantCreator } from '../tenant-creator.js';
import { TenantsRepository } from '../tenants.repository.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import type { Progress } from './imports.repository.js';
import { type RowFault, USERNAME_TAKEN } from './row-fault.js';
import type { PreparedRow } from './row-preparer.js';
import type { TenantImportRow } from './tenant-import-row.entity.js';
import type { TenantImport } from './tenant-import.entity.js';

type Result = Pick<TenantImportRow, 'state'> & Partial<TenantImportRow>;

/** Adds the tenants of prepared rows and writes down what became of each, all in the caller's transaction. */
@Injectable()
export class RowApplier {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly creator: TenantCreator,
    private readonly rows: ImportRowsRepository,
  ) {}

  async apply(
    manager: EntityManager,
    job: TenantImport,
    prepared: PreparedRow[],
  ): Promise<Progress> {
    const taken = await this.#takenNames(manager, job, prepared);
    const progress = {
      total: 0,
      processed: prepared.length,
      added: 0,
      failed: 0,
    };
    for (const item of prepared) {
      const result = await this.#applyOne(manager, job, item, taken);
      if (result.state === 'added') progress.added += 1;
      if (result.state === 'failed') progress.failed += 1;
      await this.rows.settle(manager, item.row, result);
    }
    await this.rows.dropPayloads(
      manager,
      prepared.map(({ row }) => row.id),
    );
    return progress;
  }

  async #takenNames(
    manager: EntityManager,
    { id, dryRun }: TenantImport,
    prepared: PreparedRow[],
  ): Promise<Set<string>> {
    const names = prepared.flatMap((item) =>
      'tenant' in item ? item.tenant.username : [],
    );
    if (names.length === 0) return new Set();
    const taken = await this.tenants.findTakenNames(names, manager);
    const earlier = dryRun
      ? await this.rows.findValidNames(manager, id, names)
      : [];
    return new Set([...taken, ...earlier]);
  }

  async #applyOne(
    manager: EntityManager,
    { dryRun }: TenantImport,
    item: PreparedRow,
    taken: Set<string>,
  ): Promise<Result> {
    if ('fault' in item) return failed(item.fault);
    const { tenant, passwordHash } = item;
    if (taken.has(tenant.username)) return failed(USERNAME_TAKEN);
    taken.add(tenant.username);
    if (dryRun) return { state: 'valid' };
    try {
      const tenantId = await this.creator.insert(manager, tenant, passwordHash);
      return { state: 'added', tenantId };
    } catch (error) {
      if (error instanceof UsernameTakenError) return failed(USERNAME_TAKEN);
      throw error;
    }
  }
}

function failed(fault: RowFault): Result {
  return { state: 'failed', faults: [fault] };
}
