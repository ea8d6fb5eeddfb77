import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { DomainError } from '../common/errors/domain.error.js';
import { OperatorError } from '../startup/exit-codes.js';
import { toStderr, toStdout } from '../startup/report.js';
import { ImportsRunner } from '../tenants/imports/imports.runner.js';
import { ImportsService } from '../tenants/imports/imports.service.js';
import { rowFaultMessage } from '../tenants/imports/row-fault.js';
import type { TenantImport } from '../tenants/imports/tenant-import.entity.js';
import { progressBar } from './progress-bar.js';
import { reasonOf } from './reason-of.js';

const ROWS_AT_ONCE = 1_000;

/** `tenants import FILE`: takes the file in and works it off in this process, or watches a server that was faster. */
export async function importTenants(
  services: INestApplicationContext,
  file: string,
  dryRun: boolean,
): Promise<void> {
  const imports = services.get(ImportsService);
  const { id } = await receive(imports, file, dryRun);
  const job = await services.get(ImportsRunner).finish(id, progressBar());
  await reportFailedRows(imports, job);
  toStderr(
    dryRun
      ? `Uygun: ${job.total - job.failed}, uygun olmayan: ${job.failed}`
      : `Eklendi: ${job.added}, eklenemedi: ${job.failed}`,
  );
  if (job.failed > 0) throw new OperatorError('Bazı satırlar eklenemedi.');
}

async function receive(
  imports: ImportsService,
  file: string,
  dryRun: boolean,
): Promise<TenantImport> {
  const handle = file === '-' ? undefined : await openFile(file);
  const source: Readable = handle?.createReadStream() ?? process.stdin;
  try {
    return await imports.receive(source, { dryRun });
  } catch (error) {
    throw error instanceof DomainError
      ? new OperatorError(`${file} alınamadı: ${reasonOf(error)}`)
      : error;
  } finally {
    source.destroy();
  }
}

async function openFile(file: string): Promise<FileHandle> {
  const handle = await open(file).catch(() => undefined);
  if (handle !== undefined && !(await handle.stat()).isDirectory())
    return handle;
  await handle?.close();
  throw new OperatorError(`Böyle bir dosya yok ya da okunamıyor: ${file}`);
}

async function reportFailedRows(
  imports: ImportsService,
  { id, failed }: TenantImport,
): Promise<void> {
  for (let skip = 0; skip < failed; skip += ROWS_AT_ONCE) {
    const page = { skip, limit: ROWS_AT_ONCE, onlyFailed: true };
    const { rows } = await imports.rows(id, page);
    for (const { line, faults } of rows)
      for (const fault of faults ?? [])
        toStdout(
          [
            `satır ${line}:`,
            fault.pointer,
            fault.code,
            rowFaultMessage('tr', fault),
          ]
            .filter((part) => part !== '')
            .join(' '),
        );
  }
}
