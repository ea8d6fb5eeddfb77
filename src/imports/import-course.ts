import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { asSystem } from '../audit/audit-context.js';
import { AuditLog } from '../audit/audit-log.service.js';
import { ActorRights } from '../auth/actor-rights.js';
import { Scope } from '../auth/scope.js';
import { ImportsRepository, type Progress } from './imports.repository.js';
import type { CancelReason, TenantImport } from './tenant-import.entity.js';

/** The import has ended meanwhile, because it was cancelled. */
export class ImportEndedError extends Error {}

/** Brings an import further, to its end, or to an early one. */
@Injectable()
export class ImportCourse {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly rights: ActorRights,
    private readonly audit: AuditLog,
  ) {}

  /** @returns the import as it is while it is worked on; undefined when it has ended meanwhile. */
  async begin(
    manager: EntityManager,
    job: TenantImport,
  ): Promise<TenantImport | undefined> {
    const state = 'running' as const;
    const changes = { state, startedAt: job.startedAt ?? new Date() };
    return (await this.imports.change(manager, job, changes))
      ? { ...job, ...changes }
      : undefined;
  }

  /** @throws ImportEndedError; then nothing of the transaction may stand. */
  async advance(
    manager: EntityManager,
    job: TenantImport,
    progress: Progress,
  ): Promise<void> {
    if (!(await this.imports.change(manager, job, {}, progress)))
      throw new ImportEndedError();
  }

  /** @throws ImportEndedError */
  async finish(manager: EntityManager, job: TenantImport): Promise<void> {
    const changes = { state: 'finished' as const, finishedAt: new Date() };
    if (!(await this.imports.change(manager, job, changes)))
      throw new ImportEndedError();
  }

  /**
   * What is added stays added; whoever works on it learns of it with its next batch.
   * @returns false when it is in that state no longer.
   */
  async cancel(
    manager: EntityManager,
    job: TenantImport,
    cancelReason: CancelReason,
  ): Promise<boolean> {
    const cancelled = await this.imports.change(manager, job, {
      state: 'cancelled',
      cancelReason,
      finishedAt: new Date(),
    });
    if (cancelled && !job.dryRun)
      await this.audit.record(manager, {
        action: 'tenants.import_cancelled',
        target: `import:${job.id}`,
      });
    return cancelled;
  }

  /** Ends an import whose sender may not add tenants any more. @returns whether it did. */
  async cancelWithoutRight(
    manager: EntityManager,
    job: TenantImport,
  ): Promise<boolean> {
    const { actor } = job;
    const lost = await this.rights.findLost(manager, actor, Scope.TenantsWrite);
    return (
      lost !== undefined &&
      (await asSystem(() => this.cancel(manager, job, lost)))
    );
  }
}
