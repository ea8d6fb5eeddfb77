import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  DataSource,
  type EntityManager,
  In,
  LessThan,
  MoreThan,
} from 'typeorm';
import { READER } from '../database/data-source-options.js';
import { TableGateway } from '../database/table-gateway.js';
import type { AuditAction } from './audit-actions.js';
import { AuditEntry } from './audit-entry.entity.js';
import { AuditHead } from './audit-head.entity.js';
import { AuditKey } from './audit-key.entity.js';

const ONLY = 1;
/** Of one statement: SQLite takes 32,766 values, and an entry has nine. */
const MOST_ENTRIES = 1_000;

export interface AuditFilter {
  action?: AuditAction;
  actor?: string;
  target?: string;
  /** Only entries older than this one. */
  before?: number;
  limit: number;
}

@Injectable()
export class AuditRepository {
  readonly #entries: TableGateway<AuditEntry>;
  readonly #heads: TableGateway<AuditHead>;

  constructor(@InjectDataSource(READER) private readonly reader: DataSource) {
    this.#entries = new TableGateway(reader.getRepository(AuditEntry));
    this.#heads = new TableGateway(reader.getRepository(AuditHead));
  }

  getKeyOrFail(): Promise<AuditKey> {
    return this.reader.manager.findOneByOrFail(AuditKey, { id: ONLY });
  }

  findHead(manager?: EntityManager): Promise<AuditHead | null> {
    return this.#heads.findOne('id = ?', [ONLY], manager);
  }

  async append(
    manager: EntityManager,
    entries: AuditEntry[],
    head: Omit<AuditHead, 'id'>,
  ): Promise<void> {
    for (let start = 0; start < entries.length; start += MOST_ENTRIES)
      await this.#entries.insertAll(
        manager,
        entries.slice(start, start + MOST_ENTRIES),
      );
    await this.#heads.update(manager, ONLY, head);
  }

  /** Newest first. */
  findPage({
    action,
    actor,
    target,
    before,
    limit,
  }: AuditFilter): Promise<AuditEntry[]> {
    return this.reader.manager.find(AuditEntry, {
      where: {
        ...(action !== undefined && { action }),
        ...(actor !== undefined && { actor }),
        ...(target !== undefined && { target }),
        ...(before !== undefined && { id: LessThan(before) }),
      },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /** Everything of one kind that was done to these, oldest first. */
  findByTargets(
    action: AuditAction,
    targets: readonly string[],
  ): Promise<AuditEntry[]> {
    return this.reader.manager.find(AuditEntry, {
      where: { action, target: In([...targets]) },
      order: { id: 'ASC' },
    });
  }

  /** Oldest first. */
  findAfter(
    id: number,
    limit: number,
    manager: EntityManager,
  ): Promise<AuditEntry[]> {
    return manager.find(AuditEntry, {
      where: { id: MoreThan(id) },
      order: { id: 'ASC' },
      take: limit,
    });
  }
}
