import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  DataSource,
  type EntityManager,
  type SelectQueryBuilder,
} from 'typeorm';
import { READER } from '../database/data-source-options.js';
import { EncryptionKeyCheck } from '../database/encryption-key-check.entity.js';
import type { SealedSecret, StoredSecret } from '../security/secret-box.js';
import type { EncryptedColumn } from './encrypted-columns.js';

export interface EncryptedRow extends StoredSecret {
  id: number;
}

export interface KidCount {
  /** Null for values that are not bound to their row. */
  kid: string | null;
  rows: number;
}

@Injectable()
export class EncryptedRowsRepository {
  constructor(@InjectDataSource(READER) private readonly reader: DataSource) {}

  /** The next rows in order of id, those without a secret included. */
  findBatch(
    { entity, token, kid, mac }: EncryptedColumn,
    afterId: number,
    limit: number,
    manager: EntityManager = this.reader.manager,
  ): Promise<EncryptedRow[]> {
    return manager
      .createQueryBuilder(entity, 'row')
      .select('row.id', 'id')
      .addSelect(`row.${token}`, 'token')
      .addSelect(`row.${kid}`, 'kid')
      .addSelect(`row.${mac}`, 'mac')
      .where('row.id > :afterId', { afterId })
      .orderBy('row.id', 'ASC')
      .limit(limit)
      .getRawMany<EncryptedRow>();
  }

  countAll({ entity }: EncryptedColumn): Promise<number> {
    return this.reader.manager.count(entity);
  }

  /** How many values each key id protects; rows without a secret are left out. */
  countByKid(column: EncryptedColumn): Promise<KidCount[]> {
    return this.#withSecret(column)
      .select(`row.${column.kid}`, 'kid')
      .addSelect('count(*)', 'rows')
      .groupBy(`row.${column.kid}`)
      .orderBy('kid')
      .getRawMany<KidCount>();
  }

  /** How many rows hold this very token: a token is unique, unless somebody copied it. */
  countToken(column: EncryptedColumn, token: string): Promise<number> {
    return this.reader.manager.count(column.entity, {
      where: { [column.token]: token },
    });
  }

  /**
   * Replaces a secret unless it has changed since it was read.
   * @returns whether it did.
   */
  async replace(
    manager: EntityManager,
    column: EncryptedColumn,
    { id, token }: EncryptedRow,
    sealed: SealedSecret,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      column.entity,
      { id, [column.token]: token },
      {
        [column.token]: sealed.token,
        [column.kid]: sealed.kid,
        [column.mac]: sealed.mac,
        ...(column.hint !== undefined && { [column.hint]: sealed.hint }),
      },
    );
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

  #withSecret(column: EncryptedColumn): SelectQueryBuilder<{ id: number }> {
    return this.reader.manager
      .createQueryBuilder(column.entity, 'row')
      .where(`row.${column.token} <> ''`);
  }
}
