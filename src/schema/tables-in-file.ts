import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';
import { pathToFileURL } from 'node:url';
import sqlite3 from 'sqlite3';

/** First bytes of a database file (https://www.sqlite.org/fileformat.html#magic_header_string). */
const MAGIC = 'SQLite format 3\0';
/** Of a write-ahead log: whoever makes tables does so at its beginning. */
const LOG_BYTES = 4 * 1024 * 1024;

/**
 * Whether a file is an SQLite database with a table of a name, in any case, told without writing anything beside it.
 * @param table a name of plain letters.
 * @returns undefined where there is none; otherwise the names of all its tables in lower case, as far as they can be read.
 */
export async function tablesOfFileWith(
  file: string,
  table: string,
): Promise<Set<string> | undefined> {
  if (headOf(file, MAGIC.length).toString('latin1') !== MAGIC) return undefined;
  const tables = await tablesOf(file).catch((): string[] => []);
  if (tables.includes(table) || isInLog(`${file}-wal`, table))
    return new Set([...tables, table]);
  return undefined;
}

/** A process that was killed may have left everything in the log, which an immutable reading does not see. */
function isInLog(log: string, table: string): boolean {
  if (!existsSync(log)) return false;
  const statement = new RegExp(
    `create table ["'\`[]?${table}["'\`\\]]?\\s*\\(`,
    'i',
  );
  return statement.test(
    headOf(log, Math.min(LOG_BYTES, statSync(log).size)).toString('latin1'),
  );
}

/** Its first bytes, fewer where it is shorter; none where it cannot be read. */
function headOf(file: string, bytes: number): Buffer {
  const head = Buffer.alloc(bytes);
  try {
    // Whatever lies there: a pipe would keep whoever opens it.
    const descriptor = openSync(
      file,
      constants.O_RDONLY | constants.O_NONBLOCK,
    );
    try {
      return head.subarray(0, readSync(descriptor, head, 0, bytes, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return Buffer.alloc(0);
  }
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
            "SELECT lower(name) AS name FROM sqlite_master WHERE type = 'table'",
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
