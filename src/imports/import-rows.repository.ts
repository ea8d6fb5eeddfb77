import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, IsNull, Not, type Repository } from 'typeorm';
import { foldUsername } from '../common/validation/credential-fields.js';
import { TenantPurger } from '../tenants/bin/tenant-purger.js';
import { READER } from '../database/data-source-options.js';
import { TenantImportPayload } from './tenant-import-payload.entity.js';
import { TenantImportRow } from './tenant-import-row.entity.js';

export interface RowFilter {
  skip: number;
  limit: number;
  onlyFailed?: boolean;
}

export interface PendingRow {
  row: TenantImportRow;
  /** Undefined when it has been lost: only a damaged database has such rows. */
  payload: TenantImportPayload | undefined;
}

/** The rows of imports and their payloads, which live and die together. */
@Injectable()
export class ImportRowsRepository implements OnModuleInit {
  constructor(
    @InjectRepository(TenantImportRow, READER)
    private readonly rows: Repository<TenantImportRow>,
    private readonly purger: TenantPurger,
  ) {}

  onModuleInit(): void {
    this.purger.add((manager, tenants) => this.forgetNames(manager, tenants));
  }

  /** In order of lines. */
  findPage(
    importId: number,
    { skip, limit, onlyFailed }: RowFilter,
  ): Promise<[TenantImportRow[], number]> {
    return this.rows.findAndCount({
      where: { importId, ...(onlyFailed === true && { state: 'failed' }) },
      order: { line: 'ASC' },
      skip,
      take: limit,
    });
  }

  /** The next ones, in order of lines. */
  async findPending(importId: number, limit: number): Promise<PendingRow[]> {
    const rows = await this.rows.find({
      where: { importId, state: 'pending' },
      order: { line: 'ASC' },
      take: limit,
    });
    const payloads = await this.rows.manager.findBy(TenantImportPayload, {
      id: In(rows.map(({ id }) => id)),
    });
    const byId = new Map(payloads.map((payload) => [payload.id, payload]));
    return rows.map((row) => ({ row, payload: byId.get(row.id) }));
  }

  /** Those of the rows that nothing has become of yet. */
  async findStillPending(
    manager: EntityManager,
    ids: number[],
  ): Promise<Set<number>> {
    const rows = await manager.find(TenantImportRow, {
      select: { id: true },
      where: { id: In(ids), state: 'pending' },
    });
    return new Set(rows.map(({ id }) => id));
  }

  /** Those of the names that an earlier row of a dry run would have taken. */
  async findValidNames(
    manager: EntityManager,
    importId: number,
    names: string[],
  ): Promise<string[]> {
    const found = await manager.find(TenantImportRow, {
      select: { username: true },
      where: { importId, username: In(names), state: 'valid' },
    });
    return found.flatMap(({ username }) => username ?? []);
  }

  /** The id behind the last one. The caller has the lock `imports`. */
  async nextId(manager: EntityManager): Promise<number> {
    return ((await manager.maximum(TenantImportRow, 'id')) ?? 0) + 1;
  }

  async insert(
    manager: EntityManager,
    rows: TenantImportRow[],
    payloads: TenantImportPayload[],
  ): Promise<void> {
    await manager.insert(TenantImportRow, rows);
    if (payloads.length > 0)
      await manager.insert(TenantImportPayload, payloads);
  }

  /** Says what became of rows, the same for all. */
  async settle(
    manager: EntityManager,
    ids: number[],
    result: Pick<TenantImportRow, 'state' | 'faults'>,
  ): Promise<void> {
    await manager.update(TenantImportRow, { id: In(ids) }, result);
  }

  /** Says which tenants rows have become, in one statement for all of them. */
  async settleAdded(
    manager: EntityManager,
    added: readonly { id: number; tenantId: number }[],
  ): Promise<void> {
    const cases = added.map(
      ({ id, tenantId }) => `WHEN ${id} THEN ${tenantId}`,
    );
    await manager.update(
      TenantImportRow,
      { id: In(added.map(({ id }) => id)) },
      { state: 'added', tenantId: () => `CASE id ${cases.join(' ')} END` },
    );
  }

  /**
   * Takes the names of tenants that are gone for good out of the reports: those that they had last and those that they came
   * with, also of rows that were refused because of them. Those of others of the same name stay.
   */
  async forgetNames(
    manager: EntityManager,
    tenants: readonly { id: number; username: string }[],
  ): Promise<void> {
    const tenantId = In(tenants.map(({ id }) => id));
    const own = await manager.find(TenantImportRow, {
      select: { username: true },
      where: { tenantId },
    });
    const names = [
      ...tenants.map(({ username }) => foldUsername(username)),
      ...own.flatMap(({ username }) => username ?? []),
    ];
    await manager.update(
      TenantImportRow,
      [
        { tenantId },
        {
          tenantId: IsNull(),
          username: In(names),
          state: Not('pending' as const),
        },
      ],
      { username: null },
    );
  }

  async dropPayloads(manager: EntityManager, ids: number[]): Promise<void> {
    await manager.delete(TenantImportPayload, { id: In(ids) });
  }

  /** @returns how many there were. */
  async cancelSome(
    manager: EntityManager,
    importId: number,
    limit: number,
  ): Promise<number> {
    const some = await manager.find(TenantImportRow, {
      select: { id: true },
      where: { importId, state: 'pending' },
      take: limit,
    });
    const ids = some.map(({ id }) => id);
    await this.dropPayloads(manager, ids);
    await this.settle(manager, ids, { state: 'cancelled', faults: null });
    return ids.length;
  }

  /** @returns how many there were. */
  async deleteSome(
    manager: EntityManager,
    importId: number,
    limit: number,
  ): Promise<number> {
    const some = await manager.find(TenantImportRow, {
      select: { id: true },
      where: { importId },
      take: limit,
    });
    const ids = some.map(({ id }) => id);
    await this.dropPayloads(manager, ids);
    await manager.delete(TenantImportRow, { id: In(ids) });
    return ids.length;
  }
}
