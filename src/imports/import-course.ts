import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { asSystem } from '../audit/audit-context.js';
import { AuditLog } from '../audit/audit-log.service.js';
import { ActorRights } from '../auth/actor-rights.js';
import { Scope } from '../auth/scope.js';
import {
  type Held,
  ImportsRepository,
  type Progress,
} from './imports.repository.js';
import type { CancelReason, TenantImport } from './tenant-import.entity.js';

/** The import is no longer this process's: another took it over, because this one was silent for too long, or it was cancelled. */
export class ImportLostError extends Error {}

/** Brings an import further, to its end, or to an early one. */
@Injectable()
export class ImportCourse {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly rights: ActorRights,
    private readonly audit: AuditLog,
  ) {}

  /** @throws ImportLostError; then nothing of the transaction may stand. */
  async advance(
    manager: EntityManager,
    job: TenantImport,
    progress: Progress,
  ): Promise<void> {
    if (!(await this.imports.change(manager, held(job), {}, progress)))
      throw new ImportLostError();
  }

  /** @throws ImportLostError */
  async finish(manager: EntityManager, job: TenantImport): Promise<void> {
    const end = { finishedAt: new Date(), holder: null };
    const changes = { state: 'finished' as const, ...end };
    if (!(await this.imports.change(manager, held(job), changes)))
      throw new ImportLostError();
  }

  /**
   * What is added stays added; whoever works on it learns of it with its next batch.
   * @returns false when it has ended already, or is in other hands than the job says.
   */
  async cancel(
    manager: EntityManager,
    job: TenantImport,
    cancelReason: CancelReason,
  ): Promise<boolean> {
    const cancelled = await this.imports.change(manager, held(job), {
      state: 'cancelled',
      cancelReason,
      finishedAt: new Date(),
      holder: null,
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

function held({ id, state, holder }: TenantImport): Held {
  return { id, state, holder };
}
