import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { resealAuditKey } from '../audit/audit-key.js';
import { AuditLog } from '../audit/audit-log.service.js';
import { recordEncryptingKey } from './key-checks.js';
import { willPass } from '../database/query-errors.js';
import {
  type TransactionOptions,
  TransactionRunner,
} from '../database/transaction-runner.js';
import { KeyRing } from '../security/key-ring.js';
import { SecretBox } from '../security/secret-box.js';
import {
  type EncryptedRow,
  EncryptedRowsRepository,
} from './encrypted-rows.repository.js';

const BATCH_SIZE = 100;
/** Lets a serving process have the write lock between two batches. */
const PAUSE_MS = 25;
/** A serving process and other rotations may have the lock for longer than one try waits for it, which is 5 s. */
const MAX_TRIES = 12;
const RETRY_PAUSE_MS = 250;

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

interface RotatedBatch {
  /** Undefined behind the last one. */
  lastId: number | undefined;
  counts: RotationReport;
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
    private readonly ring: KeyRing,
    private readonly audit: AuditLog,
  ) {}

  async rotate({
    dryRun,
    onProgress,
  }: RotationOptions): Promise<RotationReport> {
    const report = noRows();
    if (!dryRun)
      await this.#patiently(
        (manager) => recordEncryptingKey(manager, this.ring),
        { lock: 'encryptionKeys' },
      );
    const total = await this.rows.countAll();
    let afterId: number | undefined = 0;
    while (afterId !== undefined) {
      const start: number = afterId;
      const { lastId, counts } = await this.#patiently((manager) =>
        this.#rotateBatch(manager, start, dryRun),
      );
      afterId = lastId;
      addUp(report, counts);
      onProgress?.(report.processed, total);
      if (afterId !== undefined) await sleep(PAUSE_MS);
    }
    if (!dryRun)
      await this.#patiently(
        (manager) => resealAuditKey(manager, this.secrets),
        { lock: 'encryptionKeys' },
      );
    return report;
  }

  async #patiently<T>(
    work: (manager: EntityManager) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.transactions.run(work, options);
      } catch (error) {
        if (tries === MAX_TRIES || !willPass(error)) throw error;
        await sleep(RETRY_PAUSE_MS);
      }
    }
  }

  async #rotateBatch(
    manager: EntityManager,
    afterId: number,
    dryRun: boolean,
  ): Promise<RotatedBatch> {
    const { rows, lastId } = await this.rows.findBatch(
      afterId,
      BATCH_SIZE,
      manager,
    );
    const counts = noRows();
    for (const row of rows) {
      counts.processed += 1;
      counts[await this.#rotateRow(manager, row, dryRun)] += 1;
    }
    if (counts.succeeded > 0 && !dryRun) {
      await this.audit.record(manager, {
        action: 'keys.rotated',
        target: `key:${this.secrets.kid}`,
      });
    }
    return { lastId, counts };
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

function noRows(): RotationReport {
  return { processed: 0, succeeded: 0, failed: 0, skipped: 0 };
}

/** Only what is committed counts. */
function addUp(report: RotationReport, counts: RotationReport): void {
  for (const key of ['processed', 'succeeded', 'failed', 'skipped'] as const)
    report[key] += counts[key];
}
