import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit-log.service.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { SecretBox } from '../security/secret-box.js';
import {
  type EncryptedRow,
  EncryptedRowsRepository,
} from './encrypted-rows.repository.js';

const BATCH_SIZE = 100;
/** Lets a serving process have the write lock between two batches. */
const PAUSE_MS = 25;

export interface RotationReport {
  processed: number;
  succeeded: number;
  failed: number;
  /** Already under the encrypting key, or without a secret. */
  skipped: number;
}

export interface RotationOptions {
  dryRun: boolean;
  onProgress?: (processed: number, total: number) => void;
}

/**
 * Moves every secret to the encrypting key while the service goes on.
 * Each batch is one transaction and each row is replaced only if it has not changed, so a killed rotation is simply
 * started again, and two of them do each other no harm. A batch is a range of ids in all tables at once: a row that
 * moves between two of them meanwhile keeps its id, and so it is in the batch, in one or the other.
 */
@Injectable()
export class KeyRotationService {
  constructor(
    private readonly rows: EncryptedRowsRepository,
    private readonly transactions: TransactionRunner,
    private readonly secrets: SecretBox,
    private readonly audit: AuditLog,
  ) {}

  async rotate({
    dryRun,
    onProgress,
  }: RotationOptions): Promise<RotationReport> {
    const report = { processed: 0, succeeded: 0, failed: 0, skipped: 0 };
    const total = await this.rows.countAll();
    let afterId: number | undefined = 0;
    while (afterId !== undefined) {
      const start: number = afterId;
      afterId = await this.transactions.run((manager) =>
        this.#rotateBatch(manager, start, dryRun, report),
      );
      onProgress?.(report.processed, total);
      if (afterId !== undefined) await sleep(PAUSE_MS);
    }
    return report;
  }

  /** @returns the last id of the batch, undefined behind the last one. */
  async #rotateBatch(
    manager: EntityManager,
    afterId: number,
    dryRun: boolean,
    report: RotationReport,
  ): Promise<number | undefined> {
    const { rows, lastId } = await this.rows.findBatch(
      manager,
      afterId,
      BATCH_SIZE,
    );
    const before = report.succeeded;
    for (const row of rows) {
      report.processed += 1;
      report[await this.#rotateRow(manager, row, dryRun)] += 1;
    }
    if (report.succeeded > before && !dryRun) {
      await this.audit.record(manager, {
        action: 'keys.rotated',
        target: `key:${this.secrets.kid}`,
      });
    }
    return lastId;
  }

  async #rotateRow(
    manager: EntityManager,
    row: EncryptedRow,
    dryRun: boolean,
  ): Promise<'succeeded' | 'failed' | 'skipped'> {
    const place = row.column.place(row.id);
    const opened = this.secrets.open(row, place);
    if (opened.state === 'missing') return 'skipped';
    if (opened.state === 'unreadable') return 'failed';
    if (row.kid === this.secrets.kid) return 'skipped';
    if (dryRun) return 'succeeded';
    const sealed = this.secrets.seal(opened.secret.reveal(), place);
    return (await this.rows.replace(manager, row, sealed))
      ? 'succeeded'
      : 'skipped';
  }
}
