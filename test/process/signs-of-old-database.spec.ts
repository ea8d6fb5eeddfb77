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
import { migrateHere } from '../helpers/database-setup.js';
import { backupsIn, copyLegacyDatabase, legacy } from '../helpers/legacy.js';
import { sql, withDatabase } from '../helpers/test-database.js';
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

function leaveManyFiles(folder: string): void {
  for (let number = 0; number < 1_100; number += 1)
    writeFileSync(join(folder, `a${number}`), '');
}

function emptyFile(folder: string, name: string): string {
  const file = join(folder, name);
  writeFileSync(file, '');
  return file;
}

/** As a process that was killed leaves it: the file itself has no tables yet. */
async function leaveAllInLog(folder: string): Promise<void> {
  const file = emptyFile(workspaceForTest(), 'klinik.db');
  await withDatabase(file, async (database) => {
    await database.exec(
      'PRAGMA journal_mode = WAL; CREATE TABLE "tenants" (id INTEGER PRIMARY KEY, username TEXT)',
    );
    for (const ending of ['', '-wal'])
      copyFileSync(`${file}${ending}`, join(folder, `klinik.db${ending}`));
  });
}

interface Sign {
  what: string;
  leave: (folder: string) => unknown;
  /** Name of the file that is told of. */
  found: string;
  advice: string;
}

const signs: Sign[] = [
  {
    what: 'another database of the old application',
    leave: copyLegacyDatabase,
    found: OLD,
    advice: 'touch',
  },
  {
    what: 'one whose table is written in capitals',
    leave: async (folder: string) => {
      await withDatabase(copyLegacyDatabase(folder), (database) =>
        database.exec(
          'ALTER TABLE tenants RENAME TO t; ALTER TABLE t RENAME TO TENANTS',
        ),
      );
    },
    found: OLD,
    advice: 'touch',
  },
  {
    what: 'one that this service has adopted',
    leave: async (folder: string) => {
      await migrateHere(copyLegacyDatabase(folder), SECRETS);
    },
    found: OLD,
    advice: 'touch',
  },
  {
    what: 'one whose tables are only in its log',
    leave: leaveAllInLog,
    found: 'klinik.db',
    advice: 'touch',
  },
  {
    what: 'a database behind a thousand other files',
    leave: (folder: string) => {
      leaveManyFiles(folder);
      copyLegacyDatabase(folder);
    },
    found: OLD,
    advice: 'touch',
  },
  ...['-wal', '-journal'].map((ending) => ({
    what: `a log (${ending}), behind a thousand other files`,
    leave: (folder: string) => {
      leaveManyFiles(folder);
      writeFileSync(join(folder, `resepsiyon.db${ending}`), 'x');
    },
    found: `resepsiyon.db${ending}`,
    advice: 'taşıyın',
  })),
  {
    what: 'the log of a database that is empty, which SQLite would delete',
    leave: (folder: string) => {
      emptyFile(folder, 'resepsiyon.db');
      writeFileSync(join(folder, 'resepsiyon.db-wal'), 'x');
    },
    found: 'resepsiyon.db-wal',
    advice: 'taşıyın',
  },
  {
    what: 'a copy of before the adoption',
    leave: (folder: string) =>
      copyFileSync(
        copyLegacyDatabase(workspaceForTest()),
        join(folder, 'resepsiyon.db.backup-20260101T000000Z'),
      ),
    found: 'resepsiyon.db.backup-20260101T000000Z',
    advice: 'touch',
  },
];

describe('where no database is, but signs of an old one are', () => {
  it.each(signs)('nothing is made: $what', async ({ leave, found, advice }) => {
    const folder = workspaceForTest();
    await leave(folder);
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
      expect(stderr).toContain(advice);
      expect(stderr).not.toContain(folder);
    }
    expect(contentOf(folder)).toEqual(before);
  });

  it('an empty file in its place says that a new one is wanted', async () => {
    const folder = workspaceForTest();
    copyLegacyDatabase(folder);
    emptyFile(folder, 'resepsiyon.db');
    const made = await migrate(folder, { ...SECRETS, ...ELSEWHERE });

    expect([made.code, made.stderr]).toEqual([0, '']);
    expect(made.stdout).toContain('Yeni veritabanı: resepsiyon.db');
  });

  it('another tool’s database, a folder and a text beside it are none', async () => {
    const folder = workspaceForTest();
    await sql(emptyFile(folder, 'other.db'), 'CREATE TABLE visits (tenants)');
    mkdirSync(join(folder, 'logs.db'));
    writeFileSync(join(folder, 'notes.db'), 'SQLite format 4');
    const made = await migrate(folder, { ...SECRETS, ...ELSEWHERE });

    expect([made.code, made.stderr]).toEqual([0, '']);
  });

  it('the old application’s database in the working directory is one, our own is none', async () => {
    const folder = workspaceForTest();
    mkdirSync(join(folder, 'data'));
    const file = copyLegacyDatabase(folder);
    const env = {
      ...SECRETS,
      DATABASE_URL: 'sqlite:///./data/randevu_asistani.db',
    };
    const refused = await migrate(folder, env);
    await migrateHere(file, SECRETS);
    const made = await migrate(folder, env);

    expect([refused.code, refused.stdout]).toEqual([78, '']);
    expect(refused.stderr).toContain(OLD);
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
