import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Breather } from '../../common/breather.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import type { TenantResponseDto } from '../dto/tenant-response.dto.js';
import { TenantsService } from '../tenants.service.js';
import {
  type ExportLayout,
  exportHeader,
  exportRecord,
} from './tenant-records.js';

const PAGE_SIZE = 100;
const PIECE_CHARACTERS = 64 * 1024;

/** Gives all tenants out as text, in order of id, a page at a time: as much memory for a hundred thousand as for a hundred. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly tenants: TenantsService,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Puts the export on record and begins it: a failure at the start is thrown here, a later one breaks the stream.
   * Nothing secret is in it.
   */
  async open(layout: ExportLayout): Promise<Readable> {
    const first = await this.#pageAfter(0);
    // First on record, then out of the house.
    await this.transactions.run((manager) =>
      this.audit.record(manager, { action: 'tenants.exported' }),
    );
    return Readable.from(this.#write(layout, first), { objectMode: false });
  }

  async *#write(
    layout: ExportLayout,
    first: TenantResponseDto[],
  ): AsyncGenerator<string> {
    const breather = new Breather();
    let text = exportHeader(layout);
    let page = first;
    while (page.length > 0) {
      for (const tenant of page) {
        text += exportRecord(tenant, layout);
        if (text.length >= PIECE_CHARACTERS) {
          yield text;
          text = '';
        }
        await breather.pause();
      }
      page = await this.#pageAfter(page.at(-1)?.id ?? 0);
    }
    if (text !== '') yield text;
  }

  /** By id and not by position, so that tenants that come and go meanwhile move no other. */
  #pageAfter(id: number): Promise<TenantResponseDto[]> {
    return this.tenants.listAfter(id, PAGE_SIZE);
  }
}
