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
  'state' | 'dryRun' | 'actor' | 'address' | 'requestId' | 'createdAt'
>;

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

  /** Also one that is still being received. */
  findById(id: number): Promise<TenantImport | null> {
    return this.imports.findOneBy({ id });
  }

  /** @returns false when it is in that state no longer. */
  async change(
    manager: EntityManager,
    { id, state }: Pick<TenantImport, 'id' | 'state'>,
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
      })
      .where('id = :id AND state = :state', {
        id,
        state,
        total: total ?? 0,
        processed: processed ?? 0,
        added: added ?? 0,
        failed: failed ?? 0,
      })
      .execute();
    return affected === 1;
  }

  async delete(manager: EntityManager, id: number): Promise<void> {
    await manager.delete(TenantImport, { id });
  }
}
