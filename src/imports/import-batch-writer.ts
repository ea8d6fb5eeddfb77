import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnavailableError } from '../common/errors/common.errors.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { SecretBox } from '../security/secret-box.js';
import { ImportLease } from './import-lease.js';
import { BATCH_BYTES, BATCH_ROWS } from './import-limits.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import { ImportsRepository } from './imports.repository.js';
import type { ReadRow } from './read-row.js';
import {
  payloadPlace,
  type TenantImportPayload,
} from './tenant-import-payload.entity.js';
import type { TenantImportRow } from './tenant-import-row.entity.js';

type NumberedRow = ReadRow & { line: number };

export interface ImportBatch {
  add(line: number, row: ReadRow, bytes: number): Promise<void>;
  flush(): Promise<void>;
}

/** Writes the rows of an upload as they come, a batch in a transaction: whoever waits for a slow sender, the writer lane does not. */
@Injectable()
export class ImportBatchWriter {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly rows: ImportRowsRepository,
    private readonly lease: ImportLease,
    private readonly transactions: TransactionRunner,
    private readonly secrets: SecretBox,
  ) {}

  of(importId: number): ImportBatch {
    let batch: NumberedRow[] = [];
    let size = 0;
    const flush = async (): Promise<void> => {
      const rows = batch;
      batch = [];
      size = 0;
      if (rows.length > 0)
        await this.transactions.run((manager) =>
          this.#write(manager, importId, rows),
        );
    };
    return {
      flush,
      add: async (line, row, bytes) => {
        batch.push({ ...row, line });
        size += bytes;
        if (batch.length >= BATCH_ROWS || size >= BATCH_BYTES) await flush();
      },
    };
  }

  async #write(
    manager: EntityManager,
    importId: number,
    batch: NumberedRow[],
  ): Promise<void> {
    const failed = batch.filter((read) => 'faults' in read).length;
    // First: rows cannot be without their import.
    const receiving = await this.imports.change(
      manager,
      { id: importId, state: 'receiving', holder: this.lease.holder },
      {},
      { total: batch.length, processed: failed, failed },
    );
    // This process was silent for too long, and it was taken away.
    if (!receiving) throw new UnavailableError(1);
    const firstId = await this.rows.nextId(manager);
    const rows = batch.map((read, index) =>
      toRow(firstId + index, importId, read),
    );
    const payloads = batch.flatMap((read, index) =>
      'row' in read
        ? this.#seal(firstId + index, JSON.stringify(read.row))
        : [],
    );
    await this.rows.insert(manager, rows, payloads);
  }

  #seal(id: number, plaintext: string): TenantImportPayload {
    const { token, kid, mac } = this.secrets.seal(plaintext, payloadPlace(id));
    return { id, payload: token, payloadKid: kid, payloadMac: mac };
  }
}

function toRow(
  id: number,
  importId: number,
  read: NumberedRow,
): TenantImportRow {
  return {
    id,
    importId,
    line: read.line,
    username: read.username,
    ...('faults' in read
      ? { state: 'failed', faults: read.faults }
      : { state: 'pending', faults: null }),
    tenantId: null,
  };
}
