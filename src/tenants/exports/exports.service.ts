import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Breather } from '../../common/breather.js';
import type { Pieces } from '../../common/in-pieces.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import type { TenantResponseDto } from '../dto/tenant-response.dto.js';
import type { TenantFilter } from '../search/tenant-filter.js';
import { TenantListService } from '../search/tenant-list.service.js';
import { TenantReader } from '../tenant-reader.js';
import {
  type ExportLayout,
  exportHeader,
  exportRecord,
} from './tenant-records.js';

const PAGE_SIZE = 200;
const PIECE_CHARACTERS = 64 * 1024;

/** Which tenants: those that a search finds, or, where they are named, just these. */
export type ExportFilter = Pick<TenantFilter, 'search' | 'status'> & {
  ids?: readonly number[];
};

/** Gives tenants out as text, in order of id, a piece at a time: as much memory for a hundred thousand as for a hundred. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly lists: TenantListService,
    private readonly reader: TenantReader,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Puts the export on record and begins it: a failure at the start is thrown here, a later one breaks it off.
   * Nothing secret is in it.
   */
  async open(
    layout: ExportLayout,
    filter: ExportFilter = {},
  ): Promise<AsyncGenerator<Buffer>> {
    const pages = this.#pages(filter);
    const first = await pages.next();
    // First on record, then out of the house.
    await this.transactions.run((manager) =>
      this.audit.record(manager, { action: 'tenants.exported' }),
    );
    return write(layout, first.done === true ? [] : first.value, pages);
  }

  #pages({
    ids,
    ...search
  }: ExportFilter): AsyncGenerator<TenantResponseDto[]> {
    return ids === undefined ? this.#found(search) : this.#named(ids);
  }

  /** By a cursor and not by position, so that tenants that come and go meanwhile move no other. */
  async *#found(
    search: Omit<ExportFilter, 'ids'>,
  ): AsyncGenerator<TenantResponseDto[]> {
    let after: string | undefined = '';
    while (after !== undefined) {
      const page = { sort: 'id', after, skip: 0, limit: PAGE_SIZE } as const;
      const { tenants, next } = await this.lists.list({ ...search, ...page });
      yield* allOf(tenants);
      after = next;
    }
  }

  async *#named(ids: readonly number[]): AsyncGenerator<TenantResponseDto[]> {
    const sorted = [...new Set(ids)].toSorted((one, other) => one - other);
    for (let start = 0; start < sorted.length; start += PAGE_SIZE) {
      const page = sorted.slice(start, start + PAGE_SIZE);
      yield* allOf(await this.reader.readByIds(page));
    }
  }
}

async function* write(
  layout: ExportLayout,
  first: TenantResponseDto[],
  others: AsyncGenerator<TenantResponseDto[]>,
): AsyncGenerator<Buffer> {
  const breather = new Breather();
  let text = exportHeader(layout);
  for await (const page of concat(first, others))
    for (const tenant of page) {
      text += exportRecord(tenant, layout);
      if (text.length >= PIECE_CHARACTERS) {
        const piece = Buffer.from(text);
        text = '';
        yield piece;
      }
      await breather.pause();
    }
  if (text !== '') yield Buffer.from(text);
}

async function* allOf<T>({ first, others }: Pieces<T>): AsyncGenerator<T> {
  yield first;
  if (others !== undefined) yield* others;
}

async function* concat<T>(
  first: T,
  others: AsyncGenerator<T>,
): AsyncGenerator<T> {
  yield first;
  yield* others;
}
