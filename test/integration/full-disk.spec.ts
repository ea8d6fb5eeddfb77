import { spawnSync } from 'node:child_process';
import { DataSource } from 'typeorm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { hashOf } from '../helpers/database-files.js';
import { configFor } from '../helpers/database-setup.js';
import { backupsIn, copyLegacyDatabase, legacy } from '../helpers/legacy.js';
import { projectPath } from '../helpers/paths.js';
import { childEnv, run, TEST_SECRET_KEY } from '../helpers/service.js';
import { workspaceForTest } from '../helpers/workspace.js';

/** In blocks of 512 or 1,024 bytes: for less than the backup, and for the backup but not for what is added. */
const NO_BACKUP = 10;
const NO_COMMIT = 60;

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

  // The command waits in the same place, and as long.
  it.runIf(script === 'main.js')(
    'ends with a sentence where the old application holds the write lock',
    async () => {
      const folder = workspaceForTest();
      const file = copyLegacyDatabase(folder);
      const old = await new DataSource(
        dataSourceOptions(configFor(file), 'writer'),
      ).initialize();
      onTestFinished(() => old.destroy());
      await old.query('BEGIN IMMEDIATE');
      const { code, stdout, stderr } = await run(
        script,
        args,
        folder,
        envFor(file),
      );
      expect(stderr).toMatch(/^Veritabanı şu anda başka bir program[^\n{]*\n$/);
      expect([code, stdout]).toEqual([1, '']);
      expect(backupsIn(folder)).toEqual([]);
    },
    40_000,
  );
});
