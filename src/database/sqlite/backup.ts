import { once } from 'node:events';
import { chmodSync, closeSync, openSync, rmSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';
import { draftOf, giveName } from '../../common/new-file.js';
import { sqliteErrorCode } from './sqlite.js';

/** The part of sqlite3's backup handle that its type declarations leave out. */
interface Backup {
  step(pages: number, done: (error: Error | null) => void): void;
  finish(done: (error: Error | null) => void): void;
}

type Opening = (file: string, done: (error: Error | null) => void) => Backup;

const ALL_PAGES = -1;
const RETRY_PAUSE_MS = 50;
const MAX_WAIT_MS = 30_000;

/**
 * Writes a consistent copy of a database beside it as `<file>.backup-<UTC time>`.
 * @returns the path of the copy, which has the original's permissions, and its name only when it is whole.
 */
export async function backUpBeside(
  file: string,
  now = new Date(),
): Promise<string> {
  const copy = `${file}.backup-${now.toISOString().replaceAll(/[-:]/g, '')}`;
  const draft = draftOf(copy);
  try {
    // SQLite would make it readable by all.
    closeSync(openSync(draft, 'wx', 0o600));
    await copyDatabase(file, draft);
    chmodSync(draft, statSync(file).mode);
    giveName(draft, copy);
    return copy;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Copies a database as it is at one moment, by SQLite's online backup (https://www.sqlite.org/backup.html), while
 * others go on writing to it. A plain file copy would drop this process's locks on the original.
 * @throws Error with an SQLite code; what has been written by then is no database.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new sqlite3.Database(from, sqlite3.OPEN_READONLY);
  await once(source, 'open');
  try {
    const backup = await openBackup(source, to);
    await stepThrough(backup);
    await promisify(backup.finish.bind(backup))();
  } finally {
    await promisify(source.close.bind(source))();
  }
}

/** Without a callback, a target that cannot be opened would be an event that nobody hears, and end the process. */
function openBackup(source: sqlite3.Database, to: string): Promise<Backup> {
  return new Promise((resolve, reject) => {
    // `backup` is in sqlite3's documentation but not in its types.
    const { backup } = source as unknown as { backup: Opening };
    const handle = backup.call(source, to, (error) =>
      error === null ? resolve(handle) : reject(error),
    );
  });
}

/** All pages in one step: between two steps a writer would make SQLite start again, in a storm without end. */
async function stepThrough(backup: Backup): Promise<void> {
  const step = promisify(backup.step.bind(backup));
  const deadline = performance.now() + MAX_WAIT_MS;
  for (;;) {
    try {
      await step(ALL_PAGES);
      return;
    } catch (error) {
      const passing = ['SQLITE_BUSY', 'SQLITE_LOCKED'].includes(
        sqliteErrorCode(error) ?? '',
      );
      if (!passing || performance.now() > deadline) throw error;
      await sleep(RETRY_PAUSE_MS);
    }
  }
}
