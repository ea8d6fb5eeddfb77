import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sqlite3 from 'sqlite3';
import { ConfigError } from '../config/config.error.js';

/** What SQLite and an adoption leave beside a database, and what is no use without it. */
const LEFT_BEHIND = ['-wal', '-journal', '.backup-'];
/** First bytes of a database file (https://www.sqlite.org/fileformat.html#magic_header_string). */
const MAGIC = 'SQLite format 3\0';
const MAX_NEIGHBOURS = 1_000;

/**
 * Where no database is, but signs of an old one are, its users would find an empty service. Nothing is changed, and an empty
 * file in the database's place says that a new one is wanted.
 * @param path of the database file.
 * @throws ConfigError
 */
export async function assertNoOldDatabase(path: string): Promise<void> {
  if (existsSync(path)) return;
  const name = basename(path);
  const folders = new Set([dirname(path), process.cwd()]);
  for (const folder of folders)
    for (const neighbour of neighboursIn(folder)) {
      const left =
        folder === dirname(path) &&
        LEFT_BEHIND.some((ending) => neighbour.startsWith(name + ending));
      if (left || (await isOfOldApplication(join(folder, neighbour))))
        throw refusal(neighbour);
    }
}

function neighboursIn(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted().slice(0, MAX_NEIGHBOURS);
  } catch {
    return [];
  }
}

/** Whether a file is a database with tenants that no version of this service has adopted. A copy of before an adoption is none. */
async function isOfOldApplication(file: string): Promise<boolean> {
  if (file.includes('.backup-') || !isSqlite(file)) return false;
  const tables = await tablesOf(file).catch((): string[] => []);
  return tables.includes('tenants') && !tables.includes('migrations');
}

function isSqlite(file: string): boolean {
  const head = Buffer.alloc(MAGIC.length);
  try {
    // Whatever lies there: a pipe would keep whoever opens it.
    const descriptor = openSync(
      file,
      constants.O_RDONLY | constants.O_NONBLOCK,
    );
    try {
      readSync(descriptor, head, 0, head.length, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  }
  return head.toString('latin1') === MAGIC;
}

/** Read as if nobody could change it, so that nothing is written beside it. */
function tablesOf(file: string): Promise<string[]> {
  const { OPEN_READONLY, OPEN_URI } = sqlite3;
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(
      `${pathToFileURL(file).href}?immutable=1`,
      OPEN_READONLY | OPEN_URI,
      (error) => {
        if (error) reject(error);
        else
          database.all<{ name: string }>(
            "SELECT name FROM sqlite_master WHERE type = 'table'",
            (fault, rows) => {
              database.close();
              if (fault) reject(fault);
              else resolve(rows.map(({ name }) => name));
            },
          );
      },
    );
  });
}

function refusal(found: string): ConfigError {
  return new ConfigError([
    {
      variable: 'DATABASE_URL',
      reason: `gösterdiği yerde veritabanı yok, ama eski bir veritabanından iz var: ${printable(found)}`,
      hint: 'Doğru dosyayı gösterin ya da yerine geri koyun. Gerçekten yeni bir veritabanı istiyorsanız önce onun yerinde boş bir dosya oluşturun (touch).',
    },
  ]);
}

/** File names may hold anything. */
function printable(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]/gu, '?').slice(0, 100);
}
