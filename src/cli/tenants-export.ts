import { createWriteStream, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { INestApplicationContext } from '@nestjs/common';
import {
  assertFree,
  draftOf,
  FileExistsError,
  giveName,
} from '../common/new-file.js';
import { OperatorError } from '../startup/exit-codes.js';
import {
  delivered,
  isStandardOutput,
  standardOutput,
} from '../startup/output.js';
import { toStderr } from '../startup/report.js';
import { ExportsService } from '../tenants/exports/exports.service.js';
import type { ExportLayout } from '../tenants/exports/tenant-records.js';
import { writeFault } from './file-faults.js';
import { withServices } from './with-services.js';

export type ExportOptions = ExportLayout & { output?: string };

/** `tenants export`: to stdout, or to a new file that has its name only once it is whole. */
export function exportTenants(options: ExportOptions): Promise<void> {
  return withServices((services) => write(services, options));
}

async function write(
  services: INestApplicationContext,
  { output, ...layout }: ExportOptions,
): Promise<void> {
  const file = toFile(output);
  const pieces = await services.get(ExportsService).open(layout);
  if (file === undefined) await toReader(pieces);
  else {
    await toNewFile(pieces, file);
    toStderr(`Yazıldı: ${file}`);
  }
}

/** @throws OperatorError before anything is put on record, when the name is not free. */
function toFile(output: string | undefined): string | undefined {
  if (output === undefined || isStandardOutput(output)) return undefined;
  const file = resolve(output);
  try {
    assertFree(file);
  } catch (error) {
    throw failureOf(error, file);
  }
  return file;
}

async function toReader(pieces: AsyncIterable<Buffer>): Promise<void> {
  try {
    await pipeline(pieces, standardOutput(), { end: false });
  } catch (error) {
    // A fault of the output rather than of the export is thrown by this.
    await delivered();
    throw error;
  }
}

/** Readable by its owner alone: the file says who the customers are. */
async function toNewFile(
  pieces: AsyncIterable<Buffer>,
  file: string,
): Promise<void> {
  const draft = draftOf(file);
  try {
    await pipeline(
      pieces,
      createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }),
    );
    giveName(draft, file);
  } catch (error) {
    throw failureOf(error, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function failureOf(error: unknown, file: string): unknown {
  if (error instanceof FileExistsError)
    return new OperatorError(`Zaten var, üzerine yazılmadı: ${file}`);
  const reason = writeFault(error);
  return reason === undefined
    ? error
    : new OperatorError(`${file} yazılamadı: ${reason}`);
}
