import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { auditContext, OPERATOR } from '../audit/audit-context.js';
import { AuditLog } from '../audit/audit-log.service.js';
import { UnavailableError } from '../common/errors/common.errors.js';
import { OwnImportsError } from './import.errors.js';
import { ImportLease } from './import-lease.js';
import { MAX_UNFINISHED, MAX_UNFINISHED_EACH } from './import-limits.js';
import { ImportsRepository } from './imports.repository.js';

const RETRY_AFTER_SECONDS = 30;

/** Lets an upload begin, and makes it an import once it is whole. */
@Injectable()
export class ImportIntake {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly lease: ImportLease,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @returns the id of what is to be an import.
   * @throws UnavailableError when too many are on their way, of this caller or of all.
   */
  async begin(manager: EntityManager, dryRun: boolean): Promise<number> {
    const { actor, address, requestId } = auditContext();
    // The operator, who could do anything here, is not kept waiting by others.
    if (actor !== OPERATOR) await this.#assertFree(manager, actor);
    return this.imports.insert(manager, {
      state: 'receiving',
      dryRun,
      actor,
      address,
      requestId,
      createdAt: new Date(),
      holder: this.lease.holder,
    });
  }

  /** @throws UnavailableError when it was taken away, because this process was silent for too long. */
  async complete(
    manager: EntityManager,
    id: number,
    dryRun: boolean,
  ): Promise<void> {
    const completed = await this.imports.change(
      manager,
      { id, state: 'receiving', holder: this.lease.holder },
      { state: 'pending', holder: null },
    );
    if (!completed) throw new UnavailableError(RETRY_AFTER_SECONDS);
    if (!dryRun)
      await this.audit.record(manager, {
        action: 'tenants.imported',
        target: `import:${id}`,
      });
  }

  async #assertFree(manager: EntityManager, actor: string): Promise<void> {
    const unfinished = await this.imports.findUnfinished(manager);
    const alive = unfinished.filter(
      (job) => job.state !== 'receiving' || !this.lease.isSilent(job),
    );
    const own = alive.filter((job) => job.actor === actor);
    if (own.length >= MAX_UNFINISHED_EACH)
      throw new OwnImportsError(RETRY_AFTER_SECONDS);
    if (alive.length >= MAX_UNFINISHED)
      throw new UnavailableError(RETRY_AFTER_SECONDS);
  }
}
