import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';
import { projectPath } from './paths.js';

/** A connection of the test's own, beside those of the service. */
export class TestDatabase {
  private constructor(private readonly connection: sqlite3.Database) {}

  static async open(file: string): Promise<TestDatabase> {
    const connection = new sqlite3.Database(file, sqlite3.OPEN_READWRITE);
    await once(connection, 'open');
    connection.configure('busyTimeout', 5_000);
    return new TestDatabase(connection);
  }

  all<T>(sql: string, params: unknown[] = []): Promise<T[]> {
    return new Promise((resolve, reject) => {
      this.connection.all<T>(sql, params, (error, rows) =>
        error === null ? resolve(rows) : reject(error),
      );
    });
  }

  /** Runs any number of statements. */
  exec(sql: string): Promise<void> {
    return promisify(this.connection.exec.bind(this.connection, sql))();
  }

  close(): Promise<void> {
    return promisify(this.connection.close.bind(this.connection))();
  }
}

export async function withDatabase<T>(
  file: string,
  work: (database: TestDatabase) => Promise<T>,
): Promise<T> {
  const database = await TestDatabase.open(file);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

export function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** Writes in another process that is killed before it can clean up after itself. */
async function writeAndDie(file: string, script: string): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import sqlite3 from 'sqlite3';
       const database = new sqlite3.Database(process.argv[1]);
       database.exec(process.argv[2], (error) => {
         if (error) throw error;
         process.kill(process.pid, 'SIGKILL');
       });`,
      file,
      script,
    ],
    { cwd: projectPath('.'), stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const [, signal] = (await once(child, 'close')) as [unknown, string | null];
  if (signal !== 'SIGKILL') throw new Error('the writer ended by itself');
}

const ONE_MORE_TENANT =
  "INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt) VALUES ('wal', 'x', 'W', '', 'p');";

/** A committed row that is in the write-ahead log alone. */
export function leaveWalBehind(file: string): Promise<void> {
  return writeAndDie(file, `PRAGMA journal_mode = WAL; ${ONE_MORE_TENANT}`);
}

/** Uncommitted changes in the file itself, and the journal that takes them back. */
export function leaveHotJournalBehind(file: string): Promise<void> {
  return writeAndDie(
    file,
    `PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN;
     UPDATE tenants SET business_name = 'uncommitted';
     CREATE TABLE filler (text);
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
     INSERT INTO filler SELECT hex(randomblob(2000)) FROM n;`,
  );
}
