import { spawnSync } from 'node:child_process';
import { DataSource } from 'typeorm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { SCHEMA } from '../../src/schema/schema.js';
import { hashOf } from '../helpers/database-files.js';
import { configFor } from '../helpers/database-setup.js';
import { backupsIn, copyLegacyDatabase, legacy } from '../helpers/legacy.js';
import { projectPath } from '../helpers/paths.js';
import { childEnv, run, TEST_SECRET_KEY } from '../helpers/service.js';
import { workspaceForTest } from '../helpers/workspace.js';

/** In blocks of 512 or 1,024 bytes: for less than the backup, and for the backup but not for what is added. */
const NO_BACKUP = 10;
const NO_COMMIT = 60;
/** Longer than a start waits in silence. */
const HELD_MS = 8_000;

const envFor = (file: string) => ({
  DATABASE_URL: `sqlite:///${file}`,
  ENCRYPTION_KEY: legacy.encryption_key,
  SECRET_KEY: TEST_SECRET_KEY,
  NODE_ENV: 'production',
});

describe.each([
  ['the start', 'main.js', []],
  ['a command', 'cli.js', ['db', 'migrate']],
] as const)('%s', (_name, script, args) => {
  it.each([NO_BACKUP, NO_COMMIT])(
    'ends with a sentence where no room is left for an adoption (%i)',
    (blocks) => {
      const folder = workspaceForTest();
      const file = copyLegacyDatabase(folder);
      const before = hashOf(file);
      const { status, stdout, stderr } = spawnSync(
        'sh',
        [
          '-c',
          `ulimit -f ${blocks}; exec "$@"`,
          'sh',
          process.execPath,
          projectPath(`dist/${script}`),
          ...args,
        ],
        { cwd: folder, env: childEnv(envFor(file)), encoding: 'utf8' },
      );
      expect(stderr).toMatch(/^Diske yazılamıyor [^\n{]*\n$/);
      expect([status, stdout]).toEqual([1, '']);
      expect(backupsIn(folder)).toEqual([]);
      expect(hashOf(file)).toBe(before);
    },
  );
});

it('a command says what it waits for while the old application holds the write lock, and goes on once it is free', async () => {
  const folder = workspaceForTest();
  const file = copyLegacyDatabase(folder);
  const old = await new DataSource(
    dataSourceOptions(configFor(file), 'writer', SCHEMA),
  ).initialize();
  onTestFinished(() => old.destroy());
  await old.query('BEGIN IMMEDIATE');
  setTimeout(() => void old.query('ROLLBACK'), HELD_MS);
  const { code, stdout, stderr } = await run(
    'cli.js',
    ['db', 'migrate'],
    folder,
    envFor(file),
  );
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /^Veritabanı başka bir program tarafından kullanılıyor; bitmesi bekleniyor [^]*\nEski veritabanı devralındı/,
  );
  expect(backupsIn(folder)).toHaveLength(1);
}, 90_000);
