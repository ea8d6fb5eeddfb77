import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import {
  type ImportResponseDto,
  toImportResponse,
} from './dto/import-response.dto.js';
import { ImportReceiver, type ReceiveOptions } from './import-receiver.js';
import {
  ImportRowsRepository,
  type RowFilter,
} from './import-rows.repository.js';
import { ImportsRepository } from './imports.repository.js';
import { Jobs } from '../jobs/jobs.js';
import { type ReportedRow, toReportedRow } from './reported-row.js';

/** Imports of tenants, for whoever takes a file: the API, the dashboard, the operator's command. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly importRows: ImportRowsRepository,
    private readonly receiver: ImportReceiver,
    private readonly jobs: Jobs,
    private readonly idempotency: IdempotencyService,
  ) {}

  /**
   * Takes a file in; it is worked off later.
   * @param source NDJSON bytes, read to their end and not destroyed.
   * @throws BodyTooLargeError, MalformedRequestError, UnavailableError, ValidationFailedError; then nothing is left behind.
   */
  async receive(
    source: Readable,
    options: ReceiveOptions,
  ): Promise<ImportResponseDto> {
    const job = await this.receiver.receive(
      source,
      options,
      async (manager, id, digest) => {
        const received = toImportResponse(
          await this.imports.getByIdOrFail(id, manager),
        );
        await this.idempotency.keep(manager, received, { bodyDigest: digest });
        return received;
      },
    );
    this.jobs.wake();
    return job;
  }

  /** @throws ImportNotFoundError */
  async get(id: number): Promise<ImportResponseDto> {
    return toImportResponse(await this.imports.getByIdOrFail(id));
  }

  /** In order of lines; those that have not been looked at yet are `pending`. */
  async rows(
    id: number,
    filter: RowFilter,
  ): Promise<{ rows: ReportedRow[]; total: number }> {
    const [rows, total] = await this.importRows.findPage(id, filter);
    return { rows: rows.map(toReportedRow), total };
  }

  /** Newest first. */
  async list(page: {
    skip: number;
    limit: number;
  }): Promise<{ imports: ImportResponseDto[]; total: number }> {
    const [imports, total] = await this.imports.findPage(page.skip, page.limit);
    return { imports: imports.map(toImportResponse), total };
  }
}
