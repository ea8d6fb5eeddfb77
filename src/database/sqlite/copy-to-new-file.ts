import { once } from 'node:events';
import { closeSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';
import { assertFree, draftOf, giveName } from '../../common/new-file.js';
import { copyDatabase } from './backup.js';

/** What SQLite may put beside a database. */
const COMPANIONS = ['', '-journal', '-wal', '-shm'];

/** The copy has not passed SQLite's check, so the original is damaged. */
export class DamagedCopyError extends Error {}

/**
 * Copies a database, which may be in use, to a new file of mode 0600 that stands for itself (no write-ahead log).
 * It is written under another name, checked and flushed, and only then given its own: a file of that name is whole.
 * @returns the size of the copy in bytes.
 * @throws FileExistsError, DamagedCopyError, or an error with a code of Node or SQLite; nothing is left behind.
 */
export async function copyToNewFile(from: string, to: string): Promise<number> {
  assertFree(to);
  const draft = draftOf(to);
  const discard = (): void => {
    for (const suffix of COMPANIONS) rmSync(draft + suffix, { force: true });
  };
  const endEarly = (): void => {
    discard();
    process.exit(1);
  };
  process.once('SIGINT', endEarly).once('SIGTERM', endEarly);
  try {
    // SQLite would make it readable by all.
    closeSync(openSync(draft, 'wx', 0o600));
    await copyDatabase(from, draft);
    await settle(draft);
    flush(draft);
    giveName(draft, to);
    flush(dirname(to));
    return sizeOf(to);
  } finally {
    process.off('SIGINT', endEarly).off('SIGTERM', endEarly);
    discard();
  }
}

/** 0 for a file that is not there. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The original's write-ahead mode has been copied too, and would leave files beside whoever only looks. */
async function settle(file: string): Promise<void> {
  const database = new sqlite3.Database(file, sqlite3.OPEN_READWRITE);
  await once(database, 'open');
  try {
    const all = promisify<string, unknown[]>(database.all.bind(database));
    await all('PRAGMA temp_store = MEMORY');
    await all('PRAGMA journal_mode = DELETE');
    const [verdict] = await all('PRAGMA quick_check(1)');
    // One row with one column, `ok` or the first fault.
    if (!isOk(verdict)) throw new DamagedCopyError();
  } finally {
    await promisify(database.close.bind(database))();
  }
}

function isOk(verdict: unknown): boolean {
  return (
    typeof verdict === 'object' &&
    verdict !== null &&
    'quick_check' in verdict &&
    verdict.quick_check === 'ok'
  );
}

function flush(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
