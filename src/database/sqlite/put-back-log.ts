import { createReadStream, createWriteStream, fstatSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DataSource } from 'typeorm';
import type { DatabaseFiles } from './database-files.js';
import { execute } from './sqlite.js';

/**
 * Puts a copy of a removed write-ahead log, which is still open here, back in its place: whoever opens the database next finds
 * all that was committed. A checkpoint instead would stop where another process still reads, and leave pages of different
 * moments in a file that has no log to mend it.
 * @param writer nobody else uses it now, or it is in a transaction, and then this fails.
 * @throws Error when there is no room, or the system does not tell which files are open.
 */
export async function putBackLog(
  writer: DataSource,
  files: DatabaseFiles,
): Promise<void> {
  const log = files.openLog();
  if (log === undefined) throw new Error('the open log cannot be found');
  const draft = `${log.path}.copy`;
  // No other process writes meanwhile.
  await execute(writer, 'BEGIN IMMEDIATE');
  try {
    const mode = fstatSync(log.descriptor).mode & 0o777;
    await pipeline(
      createReadStream('', { fd: log.descriptor, start: 0, autoClose: false }),
      createWriteStream(draft, { mode, flush: true }),
    );
    await rename(draft, log.path);
    await flushFolder(dirname(log.path));
  } finally {
    await rm(draft, { force: true });
    await execute(writer, 'ROLLBACK');
  }
}

/** So that the name is there after a power cut, too. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
