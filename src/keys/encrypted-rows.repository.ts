import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditKey } from '../audit/audit-key.entity.js';
import { READER } from '../database/data-source-options.js';
import { EncryptionKeyCheck } from './encryption-key-check.entity.js';
import { obeyingRules } from '../database/sqlite/refused-writes.js';
import { storedText } from '../database/stored-text.js';
import type { SealedSecret, StoredSecret } from '../security/secret-box.js';
import {
  ENCRYPTED_COLUMNS,
  type EncryptedColumn,
} from './encrypted-columns.js';
import { countKeyUse, type KeyUses } from './key-use.js';

const BATCH_SIZE = 500;

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

type FoundRow = Omit<EncryptedRow, 'column'> & { source: number };

/**
 * Secrets over all the encrypted columns. What is read with a transaction's manager is of one moment: without it, a row
 * that moves from one table to another may be met twice or not at all.
 */
@Injectable()
export class EncryptedRowsRepository {
  constructor(@InjectDataSource(READER) private readonly reader: DataSource) {}

  /**
   * The next rows in order of id, those without a secret included. All columns come to the same id.
   * One statement, so that it is of one moment on whatever connection.
   */
  async findBatch(
    afterId: number,
    limit: number,
    manager: EntityManager = this.reader.manager,
  ): Promise<EncryptedBatch> {
    const found = await manager.query<FoundRow[]>(
      ENCRYPTED_COLUMNS.map((column, index) =>
        selectFrom(namesOf(manager, column), index),
      ).join(' UNION ALL '),
      ENCRYPTED_COLUMNS.flatMap(() => [afterId, limit]),
    );
    const ends = ENCRYPTED_COLUMNS.map((_, index) =>
      found.filter(({ source }) => source === index),
    )
      .filter((rows) => rows.length === limit)
      .map((rows) => rows.at(-1)?.id ?? 0);
    const lastId = ends.length === 0 ? undefined : Math.min(...ends);
    const rows = found
      .filter(({ id }) => id <= (lastId ?? id))
      .flatMap(({ source, ...row }) => {
        const column = ENCRYPTED_COLUMNS[source];
        return column === undefined ? [] : [{ column, ...row }];
      });
    return { rows, lastId };
  }

  /** All rows, batch by batch, where no write has to wait: no row slips by on its way from one table to another. */
  async *each(): AsyncGenerator<EncryptedRow> {
    let afterId: number | undefined = 0;
    while (afterId !== undefined) {
      const { rows, lastId }: EncryptedBatch = await this.findBatch(
        afterId,
        BATCH_SIZE,
      );
      yield* rows;
      afterId = lastId;
    }
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

  /**
   * Replaces a secret unless it has changed since it was read.
   * @returns whether it did.
   * @throws WriteRefusedError
   */
  async replace(
    manager: EntityManager,
    { column, id, token }: EncryptedRow,
    sealed: SealedSecret,
  ): Promise<boolean> {
    const change = manager
      .createQueryBuilder()
      .update(column.entity)
      .set({
        [column.token]: sealed.token,
        [column.kid]: sealed.kid,
        [column.mac]: sealed.mac,
        ...(column.hint !== undefined && { [column.hint]: sealed.hint }),
      })
      .where(
        `id = :id AND ${storedText(namesOf(manager, column).token)} = :token`,
        { id, token },
      );
    const { affected } = await obeyingRules(change.execute());
    return affected === 1;
  }

  /** Tokens that are in no encrypted column: of the audit trail's key and of the check values. */
  async findOtherTokens(): Promise<string[]> {
    const [keys, checks] = await Promise.all([
      this.reader.manager.find(AuditKey),
      this.knownKids(),
    ]);
    return [
      ...keys.map(({ token }) => token),
      ...checks.map(({ checkValue }) => checkValue),
    ];
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

interface Names {
  table: string;
  id: string;
  token: string;
  kid: string;
  mac: string;
}

/** What an encrypted column is called in the database. */
function namesOf(manager: EntityManager, column: EncryptedColumn): Names {
  const metadata = manager.connection.getMetadata(column.entity);
  const nameOf = (property: string): string => {
    const found = metadata.findColumnWithPropertyName(property);
    if (found === undefined) throw new Error(`${column.name}: no ${property}`);
    return found.databaseName;
  };
  return {
    table: metadata.tableName,
    id: nameOf('id'),
    token: nameOf(column.token),
    kid: nameOf(column.kid),
    mac: nameOf(column.mac),
  };
}

function selectFrom(
  { table, id, token, kid, mac }: Names,
  source: number,
): string {
  return `SELECT * FROM (SELECT ${source} AS source, ${id} AS id, ${storedText(token)} AS token,
    ${storedText(kid)} AS kid, ${storedText(mac)} AS mac FROM ${table} WHERE ${id} > ? ORDER BY ${id} LIMIT ?)`;
}
