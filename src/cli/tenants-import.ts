import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { DomainError } from '../common/errors/domain.error.js';
import { OperatorError } from '../startup/exit-codes.js';
import { toStderr, toStdout } from '../startup/report.js';
import { ImportsRunner } from '../imports/imports.runner.js';
import { ImportsService } from '../imports/imports.service.js';
import { rowFaultMessage } from '../imports/row-fault.js';
import type { ImportResponseDto } from '../imports/dto/import-response.dto.js';
import { progressBar } from './progress-bar.js';
import { reasonOf } from './reason-of.js';
import { stopSignal } from './stop-signal.js';
import { withServices } from './with-services.js';

const ROWS_AT_ONCE = 1_000;

/** `tenants import FILE`: takes the file in and works it off in this process, or watches a server that was faster. */
export function importTenants(file: string, dryRun: boolean): Promise<void> {
  return withServices((services) => workOff(services, file, dryRun));
}

async function workOff(
  services: INestApplicationContext,
  file: string,
  dryRun: boolean,
): Promise<void> {
  const imports = services.get(ImportsService);
  const signal = stopSignal();
  const { id } = await receive(imports, file, { dryRun, signal });
  const runner = services.get(ImportsRunner);
  const job = await runner.finish(id, progressBar(), signal);
  await reportFailedRows(imports, job);
  toStderr(
    dryRun
      ? `Uygun: ${job.processed - job.failed}, uygun olmayan: ${job.failed}`
      : `Eklendi: ${job.added}, eklenemedi: ${job.failed}`,
  );
  assertFinished(job);
  if (job.failed > 0) throw new OperatorError('Bazı satırlar eklenemedi.');
}

/** @throws OperatorError that says what becomes of the rows that are left. */
function assertFinished({
  id,
  state,
  processed,
  total,
}: ImportResponseDto): void {
  const left = `${total} satırdan ${total - processed} tanesi işlenmedi`;
  if (state === 'cancelled')
    throw new OperatorError(`İçe aktarma no. ${id} iptal edildi: ${left}.`);
  if (state !== 'finished')
    throw new OperatorError(
      `Durduruldu: ${left}. İçe aktarma no. ${id} kaybolmadı: çalışan servis birkaç saniye içinde, çalışmıyorsa açıldığında sürdürür. ` +
        `Sürmesin istiyorsanız /imports/${id} sayfasında ya da POST /api/tenants/imports/${id}/cancel ile iptal edin.`,
    );
}

async function receive(
  imports: ImportsService,
  file: string,
  options: { dryRun: boolean; signal: AbortSignal },
): Promise<ImportResponseDto> {
  const handle = file === '-' ? undefined : await openFile(file);
  const source: Readable = handle?.createReadStream() ?? process.stdin;
  try {
    return await imports.receive(source, options);
  } catch (error) {
    if (options.signal.aborted)
      throw new OperatorError('Durduruldu: hiçbir şey eklenmedi.');
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
  { id, failed }: ImportResponseDto,
): Promise<void> {
  for (let skip = 0; skip < failed; skip += ROWS_AT_ONCE) {
    const page = { skip, limit: ROWS_AT_ONCE, onlyFailed: true };
    const { rows } = await imports.rows(id, page);
    for (const { line, faults } of rows)
      for (const fault of faults)
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
