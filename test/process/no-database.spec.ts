import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { migrateHere } from '../helpers/database-setup.js';
import {
  run,
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import { workspaceForTest } from '../helpers/workspace.js';

const SECRETS = {
  ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
  SECRET_KEY: TEST_SECRET_KEY,
};
const PASSWORD = 'kırmızı balık gölde';

/** What each command that needs a database is called with. */
const NEEDING: Record<string, string[]> = {
  'admin set-password': ['--username', 'zeynep'],
  'token create': ['--name', 'n', '--scopes', 'tenants:read'],
  'token list': [],
  'token revoke': ['abcdefgh'],
  'tenants import': ['-'],
  'tenants export': [],
  'keys status': [],
  'keys verify': [],
  'keys rotate': [],
  'keys retire': ['abcdef12'],
  'keys adopt': [],
  'audit verify': [],
  'audit head': [],
  'db backup': ['copy.db'],
};
/** Where an installation begins, and what takes no database. */
const OTHERS = ['admin create', 'db migrate', 'db restore', 'keys generate'];

describe('where there is no database', () => {
  it('all commands are known', () => {
    const names = createProgram().commands.flatMap((group) =>
      group.commands.map((command) => `${group.name()} ${command.name()}`),
    );
    expect(names.toSorted()).toEqual(
      [...Object.keys(NEEDING), ...OTHERS].toSorted(),
    );
  });

  it.each(Object.entries(NEEDING))(
    '%s says so and makes nothing',
    async (command, args) => {
      const folder = workspaceForTest();
      // No keys either, as in any folder that is the wrong one.
      const { code, stdout, stderr } = await run(
        'cli.js',
        [...command.split(' '), ...args],
        folder,
        {},
        PASSWORD,
      );

      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toBe(
        `Veritabanı yok: ${join(folder, 'randevu_asistani.db')}\nDATABASE_URL değişkenini ve çalışma klasörünü denetleyin.\n`,
      );
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('an empty file is none, and a backup can be restored in its place', async () => {
    const folder = workspaceForTest();
    const backup = join(workspaceForTest(), 'backup.db');
    await migrateHere(backup);
    writeFileSync(join(folder, 'randevu_asistani.db'), '');
    const looked = await run('cli.js', ['keys', 'status'], folder, SECRETS);
    const restored = await run(
      'cli.js',
      ['db', 'restore', backup],
      folder,
      SECRETS,
    );
    const found = await run('cli.js', ['keys', 'status'], folder, SECRETS);

    expect(looked.code).toBe(1);
    expect([restored.code, restored.stderr]).toEqual([0, '']);
    expect(found.code).toBe(0);
  });

  it.each(['admin create --username zeynep', 'db migrate'])(
    '%s begins a new one',
    async (command) => {
      const folder = workspaceForTest();
      const { code, stdout, stderr } = await run(
        'cli.js',
        command.split(' '),
        folder,
        SECRETS,
        PASSWORD,
      );

      expect(code).toBe(0);
      expect(stdout + stderr).toContain('Yeni veritabanı: randevu_asistani.db');
    },
  );
});
