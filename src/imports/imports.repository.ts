import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  type EntityManager,
  In,
  LessThan,
  Not,
  type Repository,
} from 'typeorm';
import { READER } from '../database/data-source-options.js';
import { ImportNotFoundError } from './import.errors.js';
import {
  ENDED_STATES,
  type ImportState,
  TenantImport,
} from './tenant-import.entity.js';

const UNFINISHED: ImportState[] = ['receiving', 'pending', 'running'];

/** How much further a batch brings an import. */
export interface Progress {
  total: number;
  processed: number;
  added: number;
  failed: number;
}

export type NewImport = Pick<
  TenantImport,
  | 'state'
  | 'dryRun'
  | 'actor'
  | 'address'
  | 'requestId'
  | 'createdAt'
  | 'holder'
>;

/** An import as somebody knows it who wants to change it. */
export type Held = Pick<TenantImport, 'id' | 'state' | 'holder'> &
  Partial<Pick<TenantImport, 'lease'>>;

@Injectable()
export class ImportsRepository {
  constructor(
    @InjectRepository(TenantImport, READER)
    private readonly imports: Repository<TenantImport>,
  ) {}

  /** Newest first. */
  findPage(skip: number, limit: number): Promise<[TenantImport[], number]> {
    return this.imports.findAndCount({
      where: { state: Not('receiving' as const) },
      order: { id: 'DESC' },
      skip,
      take: limit,
    });
  }

  /** @throws ImportNotFoundError for one that is still being received, too. */
  async getByIdOrFail(
    id: number,
    manager?: EntityManager,
  ): Promise<TenantImport> {
    const source = manager?.getRepository(TenantImport) ?? this.imports;
    const found = await source.findOneBy({
      id,
      state: Not('receiving' as const),
    });
    if (found === null) throw new ImportNotFoundError();
    return found;
  }

  /** Oldest first. */
  findUnfinished(
    manager: EntityManager = this.imports.manager,
  ): Promise<TenantImport[]> {
    return manager.find(TenantImport, {
      where: { state: In(UNFINISHED) },
      order: { id: 'ASC' },
    });
  }

  async findEndedBefore(moment: Date): Promise<number[]> {
    const found = await this.imports.find({
      select: { id: true },
      where: { state: In(ENDED_STATES), finishedAt: LessThan(moment) },
    });
    return found.map(({ id }) => id);
  }

  async insert(manager: EntityManager, values: NewImport): Promise<number> {
    const { identifiers } = await manager.insert(TenantImport, values);
    // `insert` gives the generated key of each row.
    return (identifiers as [{ id: number }])[0].id;
  }

  /**
   * Changes an import and raises its lease.
   * @param lease where it matters that its holder has not moved meanwhile.
   * @returns false when it is in that state no longer, or another process holds it.
   */
  async change(
    manager: EntityManager,
    { id, state, holder, lease }: Held,
    changes: Partial<TenantImport>,
    { total, processed, added, failed }: Partial<Progress> = {},
  ): Promise<boolean> {
    const { affected } = await manager
      .createQueryBuilder()
      .update(TenantImport)
      .set({
        ...changes,
        total: () => 'total + :total',
        processed: () => 'processed + :processed',
        added: () => 'added + :added',
        failed: () => 'failed + :failed',
        lease: () => 'lease + 1',
      })
      .where(
        'id = :id AND state = :state AND holder IS :holder AND lease = coalesce(:lease, lease)',
        {
          id,
          state,
          holder,
          lease: lease ?? null,
          total: total ?? 0,
          processed: processed ?? 0,
          added: added ?? 0,
          failed: failed ?? 0,
        },
      )
      .execute();
    return affected === 1;
  }

  async raiseLease(
    manager: EntityManager,
    id: number,
    holder: string,
  ): Promise<void> {
    await manager.increment(TenantImport, { id, holder }, 'lease', 1);
  }

  async delete(manager: EntityManager, id: number): Promise<void> {
    await manager.delete(TenantImport, { id });
  }
}
