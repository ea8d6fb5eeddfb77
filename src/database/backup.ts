import { once } from 'node:events';
import { chmodSync, rmSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';

/** The part of sqlite3's backup handle that its type declarations leave out. */
interface Backup {
  step(pages: number, done: (error: Error | null) => void): void;
  finish(done: (error: Error | null) => void): void;
}

const ALL_PAGES = -1;

/**
 * Writes a consistent copy of a database beside it as `<file>.backup-<UTC time>`, by SQLite's online backup
 * (https://www.sqlite.org/backup.html): a plain file copy would drop this process's locks on the original.
 * @returns the path of the copy, which has the original's permissions.
 */
export async function backUpBeside(
  file: string,
  now = new Date(),
): Promise<string> {
  const copy = `${file}.backup-${now.toISOString().replaceAll(/[-:]/g, '')}`;
  try {
    await copyDatabase(file, copy);
    chmodSync(copy, statSync(file).mode);
    return copy;
  } catch (error) {
    rmSync(copy, { force: true });
    throw error;
  }
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new sqlite3.Database(from, sqlite3.OPEN_READONLY);
  await once(source, 'open');
  try {
    // `backup` is in sqlite3's documentation but not in its types.
    const backup = (
      source as unknown as { backup(file: string): Backup }
    ).backup(to);
    await promisify(backup.step.bind(backup))(ALL_PAGES);
    await promisify(backup.finish.bind(backup))();
  } finally {
    await promisify(source.close.bind(source))();
  }
}
