import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In, LessThan } from 'typeorm';
import { READER } from '../database/data-source-options.js';
import { storedText } from '../database/stored-text.js';
import { TableGateway } from '../database/table-gateway.js';
import type { StoredSecret } from '../security/secret-box.js';
import type { AuditAction } from './audit-actions.js';
import { AuditEntry } from './audit-entry.entity.js';
import { AuditHead } from './audit-head.entity.js';

const ONLY = 1;
/** Of one statement: SQLite takes 32,766 values, and an entry has nine. */
const MAX_ENTRIES = 1_000;

const END = `SELECT
  ${storedText('k.token')} AS token, ${storedText('k.kid')} AS kid, ${storedText('k.mac')} AS mac,
  h.entries, ${storedText('h.last_mac')} AS lastMac, ${storedText('h.seal')} AS seal,
  (SELECT coalesce(max(id), 0) FROM audit_entries) AS lastId
  FROM (SELECT ${ONLY} AS id) only LEFT JOIN audit_key k ON k.id = only.id LEFT JOIN audit_head h ON h.id = only.id`;

/** The columns of a row that is there have no nulls. */
interface EndRow {
  token: string | null;
  kid: string;
  mac: string;
  entries: number | null;
  lastMac: string;
  seal: string;
  lastId: number;
}

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

  /** Of one moment: the chain's key and head as they are stored, and the id of the last entry, 0 when there is none. */
  async findEnd(manager: EntityManager = this.reader.manager): Promise<{
    key: StoredSecret | null;
    head: Omit<AuditHead, 'id'> | null;
    lastId: number;
  }> {
    const [row] = await manager.query<[EndRow]>(END);
    const { token, kid, mac, entries, lastMac, seal, lastId } = row;
    return {
      key: token === null ? null : { token, kid, mac },
      head: entries === null ? null : { entries, lastMac, seal },
      lastId,
    };
  }

  async append(
    manager: EntityManager,
    entries: AuditEntry[],
    head: Omit<AuditHead, 'id'>,
  ): Promise<void> {
    for (let start = 0; start < entries.length; start += MAX_ENTRIES)
      await this.#entries.insertAll(
        manager,
        entries.slice(start, start + MAX_ENTRIES),
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
    manager?: EntityManager,
  ): Promise<AuditEntry[]> {
    return this.#entries.find(
      'id > ? ORDER BY id LIMIT ?',
      [id, limit],
      manager,
    );
  }

  findById(id: number, manager?: EntityManager): Promise<AuditEntry | null> {
    return this.#entries.findOne('id = ?', [id], manager);
  }

  /** The last entry of this kind that the process itself has written. */
  findLastOf(
    action: AuditAction,
    manager?: EntityManager,
  ): Promise<AuditEntry | null> {
    return this.#entries.findOne(
      "actor = 'system' AND action = ? ORDER BY id DESC LIMIT 1",
      [action],
      manager,
    );
  }
}
