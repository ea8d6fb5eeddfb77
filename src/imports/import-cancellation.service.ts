import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../database/transaction-runner.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import {
  type ImportResponseDto,
  toImportResponse,
} from './dto/import-response.dto.js';
import { ImportCourse } from './import-course.js';
import { ImportsCleaner } from './imports.cleaner.js';
import { ImportsRepository } from './imports.repository.js';
import { ENDED_STATES } from './tenant-import.entity.js';

/** Ends imports before their last row, because somebody asks for it. */
@Injectable()
export class ImportCancellation {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly course: ImportCourse,
    private readonly cleaner: ImportsCleaner,
    private readonly transactions: TransactionRunner,
    private readonly idempotency: IdempotencyService,
  ) {}

  /**
   * One that has ended already is left as it is.
   * @returns the import as it is then.
   * @throws ImportNotFoundError
   */
  async cancel(id: number): Promise<ImportResponseDto> {
    const cancelled = await this.transactions.run(
      async (manager) => {
        const job = await this.imports.getByIdOrFail(id, manager);
        if (!ENDED_STATES.includes(job.state))
          await this.course.cancel(manager, job, 'requested');
        const now = toImportResponse(
          await this.imports.getByIdOrFail(id, manager),
        );
        await this.idempotency.keep(manager, now);
        return now;
      },
      { lock: 'imports' },
    );
    if (cancelled.state === 'cancelled') await this.cleaner.eraseCancelled(id);
    return cancelled;
  }
}
