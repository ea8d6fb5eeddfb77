import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { projectPath } from './paths.js';

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
