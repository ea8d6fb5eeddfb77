import {
  closeSync,
  createReadStream,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AuditLog } from '../audit/audit-log.service.js';
import type { AuditAction } from '../audit/audit-actions.js';
import { assertFree, FileExistsError } from '../common/new-file.js';
import { ConfigError } from '../config/config.error.js';
import { readEnvironment } from '../config/env-file.js';
import { loadConfig } from '../config/load-config.js';
import {
  copyToNewFile,
  DamagedCopyError,
  sizeOf,
} from '../database/sqlite/copy-to-new-file.js';
import {
  type DatabaseFacts,
  inspectDatabase,
} from '../schema/inspect-database.js';
import { assertKeysFit } from '../schema/key-check.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { KeyRing } from '../security/key-ring.js';
import { OperatorError } from '../startup/exit-codes.js';
import { prepareDatabase } from '../startup/prepare-database.js';
import {
  delivered,
  isStandardOutput,
  standardOutput,
} from '../startup/output.js';
import { toStderr, toStdout } from '../startup/report.js';
import { assertDatabaseExists } from './existing-database.js';
import { writeFault } from './file-faults.js';
import { withServicesOf } from './with-services.js';

/** `db backup FILE`: nothing is generated here, because an empty database in the wrong folder would pass for a backup. */
export async function backUp(target: string): Promise<void> {
  const file = resolve(target);
  assertDatabaseExists();
  const config = loadConfig(readEnvironment());
  const toStream = isStandardOutput(target);
  if (!toStream) refuseTaken(file);
  await withServicesOf(config, async (services) => {
    // First on record, then out of the house: a copy that nobody knows of would be worse than a record too many.
    await record(
      services.get(TransactionRunner),
      services.get(AuditLog),
      'database.exported',
    );
    const bytes = toStream
      ? await copyToStandardOutput(config.database.path)
      : await copy(config.database.path, file);
    const report = toStream ? toStderr : toStdout;
    report(
      `Yedek yazıldı ve denetlendi: ${target} (${bytes} bayt)\nŞifreleme anahtarı yedekte yoktur: ENCRYPTION_KEY değerini ayrı bir yerde saklayın.`,
    );
  });
}

/** `db restore FILE`: everything is judged before the first byte is written. */
export async function restore(source: string): Promise<void> {
  const file = resolve(source);
  const config = loadConfig(readEnvironment());
  const target = config.database.path;
  refuseLeftovers(target);
  assertKeysFit(await inspectBackup(file), new KeyRing(config.encryptionKeys));
  const bytes = await copy(file, target);
  toStdout(`Yedek geri kondu: ${target} (${bytes} bayt)`);
  await prepareDatabase(config, toStdout);
  await withServicesOf(config, (services) =>
    record(
      services.get(TransactionRunner),
      services.get(AuditLog),
      'database.restored',
    ),
  );
  toStdout('Veritabanı güncel.');
}

function record(
  transactions: TransactionRunner,
  audit: AuditLog,
  action: AuditAction,
): Promise<void> {
  return transactions.run((manager) => audit.record(manager, { action }));
}

/** A log or journal that another database has left would be played into this one. */
function refuseLeftovers(target: string): void {
  refuseTaken(target);
  const inTheWay = ['-wal', '-journal']
    .map((suffix) => target + suffix)
    .find((path) => sizeOf(path) > 0);
  if (inTheWay !== undefined) throw alreadyThere(inTheWay);
}

function refuseTaken(file: string): void {
  try {
    assertFree(file);
  } catch (error) {
    throw failureOf(error, file);
  }
}

/** By way of a private file, so that nothing goes out that has not been checked. */
async function copyToStandardOutput(from: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'sanal-resepsiyonist-'));
  try {
    const file = join(folder, 'copy.db');
    const bytes = await copy(from, file);
    await pipeline(createReadStream(file), standardOutput(), { end: false });
    return bytes;
  } catch (error) {
    await delivered();
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function alreadyThere(file: string): OperatorError {
  return new OperatorError(
    `Zaten var, üzerine yazılmadı: ${file}\nBu dosyayı başka bir yere taşıyın ya da başka bir ad verin.`,
  );
}

/** A fault of the file that is named on the command line is no fault of the configuration. */
async function inspectBackup(file: string): Promise<DatabaseFacts> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new OperatorError(`Böyle bir dosya yok: ${file}`);
  const facts = await inspectDatabase({
    database: { type: 'sqlite', path: file },
  }).catch((error: unknown) => {
    throw error instanceof ConfigError
      ? unusable(error.faults.map(({ reason }) => reason).join('; '))
      : error;
  });
  if (facts.kind === 'new')
    throw unusable('dosya bu uygulamanın veritabanı değil');
  if (!endsWithAPage(file)) throw unusable('dosyanın sonu eksik');
  return facts;
}

/** SQLite reads zeros where the last page is cut off, and its check may see nothing wrong with them. */
function endsWithAPage(file: string): boolean {
  // https://www.sqlite.org/fileformat2.html#page_size: 1 stands for 65,536.
  const header = Buffer.alloc(18);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, header);
  } finally {
    closeSync(handle);
  }
  const pageSize = header.readUInt16BE(16);
  return sizeOf(file) % (pageSize === 1 ? 65_536 : pageSize) === 0;
}

function unusable(reason: string): OperatorError {
  return new OperatorError(`Yedek kullanılamaz: ${reason}`);
}

async function copy(from: string, to: string): Promise<number> {
  try {
    return await copyToNewFile(from, to);
  } catch (error) {
    throw error instanceof DamagedCopyError
      ? new OperatorError(
          `Kopya denetimden geçmedi, veritabanı dosyası bozuk: ${from}`,
        )
      : failureOf(error, to);
  }
}

function failureOf(error: unknown, file: string): unknown {
  if (error instanceof FileExistsError) return alreadyThere(file);
  const reason = writeFault(error);
  return reason === undefined
    ? error
    : new OperatorError(`${file} yazılamadı: ${reason}`);
}
