import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { READER } from '../database/data-source-options.js';
import { EncryptionKeyCheck } from '../database/encryption-key-check.entity.js';
import { storedText } from '../database/stored-text.js';
import type { SealedSecret, StoredSecret } from '../security/secret-box.js';
import {
  ENCRYPTED_COLUMNS,
  type EncryptedColumn,
} from './encrypted-columns.js';
import { countKeyUse, type KeyUses } from './key-use.js';

export interface EncryptedRow extends StoredSecret {
  id: number;
  column: EncryptedColumn;
}

/** The rows of all columns whose ids are in one range. */
export interface EncryptedBatch {
  rows: EncryptedRow[];
  /** Where the range ends; undefined when nothing is behind it. */
  lastId: number | undefined;
}

/**
 * Secrets over all the encrypted columns. What is read with a transaction's manager is of one moment: without it, a row
 * that moves from one table to another may be met twice or not at all.
 */
@Injectable()
export class EncryptedRowsRepository {
  constructor(@InjectDataSource(READER) private readonly reader: DataSource) {}

  /** The next rows in order of id, those without a secret included. All columns come to the same id. */
  async findBatch(
    manager: EntityManager,
    afterId: number,
    limit: number,
  ): Promise<EncryptedBatch> {
    const batches: EncryptedRow[][] = [];
    for (const column of ENCRYPTED_COLUMNS)
      batches.push(await findIn(manager, column, afterId, limit));
    const ends = batches
      .filter((rows) => rows.length === limit)
      .map((rows) => rows.at(-1)?.id ?? 0);
    const lastId = ends.length === 0 ? undefined : Math.min(...ends);
    const rows = batches.flat().filter(({ id }) => id <= (lastId ?? id));
    return { rows, lastId };
  }

  async countAll(): Promise<number> {
    const counts = ENCRYPTED_COLUMNS.map(({ entity }) =>
      this.reader.manager.count(entity),
    );
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  /** The reader's, unless it is part of a change. */
  countKeyUse(manager: EntityManager = this.reader.manager): Promise<KeyUses> {
    return countKeyUse(manager);
  }

  /** How many rows hold this very token: a token is unique, unless somebody copied it. */
  async countToken(manager: EntityManager, token: string): Promise<number> {
    let rows = 0;
    for (const column of ENCRYPTED_COLUMNS)
      rows += await manager
        .createQueryBuilder(column.entity, 'row')
        .where(`${storedText(`row.${column.token}`)} = :token`, { token })
        .getCount();
    return rows;
  }

  /**
   * Replaces a secret unless it has changed since it was read.
   * @returns whether it did.
   */
  async replace(
    manager: EntityManager,
    { column, id, token }: EncryptedRow,
    sealed: SealedSecret,
  ): Promise<boolean> {
    const name = manager.connection
      .getMetadata(column.entity)
      .findColumnWithPropertyName(column.token)?.databaseName;
    const { affected } = await manager
      .createQueryBuilder()
      .update(column.entity)
      .set({
        [column.token]: sealed.token,
        [column.kid]: sealed.kid,
        [column.mac]: sealed.mac,
        ...(column.hint !== undefined && { [column.hint]: sealed.hint }),
      })
      .where(`id = :id AND ${storedText(`${name}`)} = :token`, { id, token })
      .execute();
    return affected === 1;
  }

  knownKids(): Promise<EncryptionKeyCheck[]> {
    return this.reader.manager.find(EncryptionKeyCheck, {
      order: { createdAt: 'ASC' },
    });
  }

  async forgetKid(manager: EntityManager, kid: string): Promise<boolean> {
    const { affected } = await manager.delete(EncryptionKeyCheck, { kid });
    return affected === 1;
  }
}

async function findIn(
  manager: EntityManager,
  column: EncryptedColumn,
  afterId: number,
  limit: number,
): Promise<EncryptedRow[]> {
  const { entity, token, kid, mac } = column;
  const rows = await manager
    .createQueryBuilder(entity, 'row')
    .select('row.id', 'id')
    .addSelect(storedText(`row.${token}`), 'token')
    .addSelect(storedText(`row.${kid}`), 'kid')
    .addSelect(storedText(`row.${mac}`), 'mac')
    .where('row.id > :afterId', { afterId })
    .orderBy('row.id', 'ASC')
    .limit(limit)
    .getRawMany<Omit<EncryptedRow, 'column'>>();
  return rows.map((row) => ({ column, ...row }));
}
