import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { auditContext, OPERATOR } from '../audit/audit-context.js';
import { AuditLog } from '../audit/audit-log.service.js';
import { UnavailableError } from '../common/errors/common.errors.js';
import { JobLostError } from '../jobs/job-lease.js';
import type { HeldJob } from '../jobs/job.entity.js';
import { Jobs } from '../jobs/jobs.js';
import { OwnImportsError } from './import.errors.js';
import { IMPORT_JOB } from './import-job.js';
import { MAX_UNFINISHED, MAX_UNFINISHED_EACH } from './import-limits.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import type { ReadRow } from './read-row.js';
import type { TenantImport } from './tenant-import.entity.js';
import type { TenantImportRow } from './tenant-import-row.entity.js';
import {
  payloadPlace,
  type TenantImportPayload,
} from './tenant-import-payload.entity.js';
import { SecretBox } from '../security/secret-box.js';
import { ImportsRepository, type Progress } from './imports.repository.js';

const RETRY_AFTER_SECONDS = 30;

export type NumberedRow = ReadRow & { line: number };

/** Lets an upload begin, and makes it an import once it is whole. Until then its job is in this process's hands. */
@Injectable()
export class ImportIntake {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly jobs: Jobs,
    private readonly rows: ImportRowsRepository,
    private readonly secrets: SecretBox,
    private readonly audit: AuditLog,
  ) {}

  /** @throws UnavailableError when too many are on their way, of this caller or of all. */
  async begin(manager: EntityManager, dryRun: boolean): Promise<HeldJob> {
    const { actor, address, requestId } = auditContext();
    // The operator, who could do anything here, is not kept waiting by others.
    if (actor !== OPERATOR) await this.#assertFree(manager, actor);
    const id = await this.imports.insert(manager, {
      state: 'receiving',
      dryRun,
      actor,
      address,
      requestId,
      createdAt: new Date(),
    });
    return this.jobs.addHeld(manager, IMPORT_JOB, String(id));
  }

  /** @throws UnavailableError when it was taken away, because this process was silent for too long. */
  async addRows(
    manager: EntityManager,
    job: HeldJob,
    batch: readonly NumberedRow[],
  ): Promise<void> {
    const importId = Number(job.subject);
    const failed = batch.filter((read) => 'faults' in read).length;
    // First: rows cannot be without their import.
    await this.#change(
      manager,
      job,
      {},
      {
        total: batch.length,
        processed: failed,
        failed,
      },
    );
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

  /** @throws UnavailableError as `addRows` does. */
  async complete(
    manager: EntityManager,
    job: HeldJob,
    dryRun: boolean,
  ): Promise<void> {
    await this.#change(manager, job, { state: 'pending' });
    await this.jobs.release(manager, job);
    if (!dryRun)
      await this.audit.record(manager, {
        action: 'tenants.imported',
        target: `import:${job.subject}`,
      });
  }

  async #change(
    manager: EntityManager,
    job: HeldJob,
    changes: Partial<TenantImport>,
    progress?: Partial<Progress>,
  ): Promise<void> {
    const receiving = { id: Number(job.subject), state: 'receiving' as const };
    try {
      await this.jobs.assertHeld(manager, job);
    } catch (error) {
      throw error instanceof JobLostError
        ? new UnavailableError(RETRY_AFTER_SECONDS)
        : error;
    }
    if (!(await this.imports.change(manager, receiving, changes, progress)))
      throw new UnavailableError(RETRY_AFTER_SECONDS);
  }

  #seal(id: number, plaintext: string): TenantImportPayload {
    const { token, kid, mac } = this.secrets.seal(plaintext, payloadPlace(id));
    return { id, payload: token, payloadKid: kid, payloadMac: mac };
  }

  async #assertFree(manager: EntityManager, actor: string): Promise<void> {
    const silent = await this.jobs.findSilent(IMPORT_JOB, manager);
    const gone = new Set(silent.map(({ subject }) => Number(subject)));
    const unfinished = await this.imports.findUnfinished(manager);
    const alive = unfinished.filter(
      ({ id, state }) => state !== 'receiving' || !gone.has(id),
    );
    const own = alive.filter((one) => one.actor === actor);
    if (own.length >= MAX_UNFINISHED_EACH)
      throw new OwnImportsError(RETRY_AFTER_SECONDS);
    if (alive.length >= MAX_UNFINISHED)
      throw new UnavailableError(RETRY_AFTER_SECONDS);
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
