import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../helpers/database-files.js';
import { backupsIn, copyLegacyDatabase, legacy } from '../helpers/legacy.js';
import { sql } from '../helpers/test-database.js';
import {
  type Outcome,
  run,
  Service,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import { workspaceForTest } from '../helpers/workspace.js';

const SECRETS = {
  ENCRYPTION_KEY: legacy.encryption_key,
  SECRET_KEY: TEST_SECRET_KEY,
};
const OLD = 'randevu_asistani.db';
const ELSEWHERE = { DATABASE_URL: 'sqlite:///./resepsiyon.db' };

function contentOf(folder: string): string[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => `${name} ${hashOf(join(folder, name))}`);
}

function migrate(
  folder: string,
  env: Record<string, string>,
): Promise<Outcome> {
  return run('cli.js', ['db', 'migrate'], folder, env);
}

describe('where no database is, but signs of an old one are', () => {
  it.each([
    {
      what: 'another database of the old application',
      leave: copyLegacyDatabase,
      found: OLD,
    },
    {
      what: 'a write-ahead log',
      leave: (folder: string) =>
        writeFileSync(join(folder, 'resepsiyon.db-wal'), 'x'),
      found: 'resepsiyon.db-wal',
    },
    {
      what: 'a copy of before the adoption',
      leave: (folder: string) =>
        copyFileSync(
          copyLegacyDatabase(workspaceForTest()),
          join(folder, 'resepsiyon.db.backup-20260101T000000Z'),
        ),
      found: 'resepsiyon.db.backup-20260101T000000Z',
    },
  ])('nothing is made: $what', async ({ leave, found }) => {
    const folder = workspaceForTest();
    leave(folder);
    const before = contentOf(folder);
    // No keys and no production: a first run, which would write .env.
    const starts = [
      await run('main.js', [], folder, ELSEWHERE),
      await run('main.js', [], folder, {
        ...SECRETS,
        ...ELSEWHERE,
        NODE_ENV: 'production',
      }),
      await migrate(folder, { ...SECRETS, ...ELSEWHERE }),
    ];

    for (const { code, stdout, stderr } of starts) {
      expect([code, stdout]).toEqual([78, '']);
      expect(stderr).toContain('DATABASE_URL: ');
      expect(stderr).toContain(found);
      expect(stderr).toContain('touch');
      expect(stderr).not.toContain(folder);
    }
    expect(contentOf(folder)).toEqual(before);
  });

  it('an empty file in its place says that a new one is wanted', async () => {
    const folder = workspaceForTest();
    copyLegacyDatabase(folder);
    writeFileSync(join(folder, 'resepsiyon.db'), '');
    const made = await migrate(folder, { ...SECRETS, ...ELSEWHERE });

    expect([made.code, made.stderr]).toEqual([0, '']);
    expect(made.stdout).toContain('Yeni veritabanı: resepsiyon.db');
  });

  it('a database of this service, a folder and a text beside it are none', async () => {
    const folder = workspaceForTest();
    copyLegacyDatabase(folder);
    const env = { ...SECRETS, ENCRYPTION_KEY: legacy.encryption_key };
    await migrate(folder, env);
    mkdirSync(join(folder, 'logs.db'));
    writeFileSync(join(folder, 'notes.db'), 'SQLite format 4');
    const made = await migrate(folder, { ...env, ...ELSEWHERE });

    expect(backupsIn(folder)).toHaveLength(1);
    expect([made.code, made.stderr]).toEqual([0, '']);
  });

  it.each([
    {
      what: 'a name that is filled in',
      file: 'musteriler.db',
      env: 'DB_NAME=musteriler.db\nDATABASE_URL=sqlite:///./${DB_NAME}\n',
      given: {} as Record<string, string>,
    },
    {
      what: 'a # within a name',
      file: 'randevu#2.db',
      env: 'DATABASE_URL=sqlite:///./randevu#2.db\n',
      given: {},
    },
    {
      what: 'a variable in lower case in the environment',
      file: 'klinik.db',
      env: '',
      given: { database_url: 'sqlite:///./klinik.db' },
    },
  ])('the old one is found by $what', async ({ file, env, given }) => {
    const folder = workspaceForTest();
    renameSync(copyLegacyDatabase(folder), join(folder, file));
    writeFileSync(
      join(folder, '.env'),
      `${env}encryption_key=${legacy.encryption_key}\n`,
    );
    const service = await Service.start(folder, {
      ...given,
      ENCRYPTION_KEY: '',
    });
    await service.stop('SIGKILL');

    expect(
      await sql(join(folder, file), 'SELECT count(*) AS tenants FROM tenants'),
    ).toEqual([{ tenants: legacy.tenants.length }]);
    expect(backupsIn(folder)).toHaveLength(1);
    expect(readdirSync(folder).filter((name) => name.endsWith('.db'))).toEqual([
      file,
    ]);
  });
});
