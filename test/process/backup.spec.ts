import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { backUp, restore } from '../../src/cli/database-copies.js';
import { generateEncryptionKey } from '../../src/security/generate-encryption-key.js';
import { reportFailure } from '../../src/startup/exit-codes.js';
import { seedTenants } from '../factories/tenant-rows.js';
import { TenantsApi } from '../helpers/api.js';
import { configFor, migrateHere, tokenIn } from '../helpers/database-setup.js';
import { hashOf } from '../helpers/database-files.js';
import { projectPath } from '../helpers/paths.js';
import {
  childEnv,
  type Outcome,
  run,
  Service,
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import { sql } from '../helpers/test-database.js';
import {
  makeWorkspace,
  removeWorkspace,
  workspaceForTest,
} from '../helpers/workspace.js';

const ENV = {
  ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
  SECRET_KEY: TEST_SECRET_KEY,
  NODE_ENV: 'production',
  LOG_LEVEL: 'error',
};
const DATABASE = 'randevu_asistani.db';

function db(
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Outcome> {
  return run('cli.js', ['db', ...args], folder, { ...ENV, ...env });
}

/** A command without a process of its own, which takes seconds to start. */
async function here(
  folder: string,
  command: () => Promise<void>,
  env: Record<string, string> = {},
): Promise<Outcome> {
  const settings = {
    ...ENV,
    DATABASE_URL: `sqlite:///${join(folder, DATABASE)}`,
    ...env,
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const output = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      output[stream] += String(text);
      return true;
    }),
  );
  try {
    await command();
    return { code: 0, ...output };
  } catch (error) {
    const code = reportFailure(error);
    return { code, ...output };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

function restoreHere(
  folder: string,
  file: string,
  env?: Record<string, string>,
): Promise<Outcome> {
  return here(folder, () => restore(file), env);
}

async function one<T>(file: string, statement: string): Promise<T> {
  const [row] = await sql<{ value: T }>(file, statement);
  if (row === undefined) throw new Error(`no row: ${statement}`);
  return row.value;
}

/** Changes tenants without a pause, and knows which version of each was acknowledged. */
class Storm {
  readonly acknowledged = new Map<number, number>();
  readonly refusals: number[] = [];
  changes = 0;
  #stopped = false;

  constructor(private readonly api: TenantsApi) {}

  async rage(tenants: number): Promise<void> {
    for (let count = 0; count < tenants; count += 1) {
      const { body } = await this.api.create();
      this.acknowledged.set(body.id, body.version);
    }
    await Promise.all([...this.acknowledged.keys()].map((id) => this.#on(id)));
  }

  stop(): void {
    this.#stopped = true;
  }

  async #on(id: number): Promise<void> {
    while (!this.#stopped) {
      const { status, body } = await this.api.patch(id, {
        business_name: `Şube ${(this.changes += 1)}`,
      });
      if (status === 200) this.acknowledged.set(id, body.version);
      else this.refusals.push(status);
    }
  }
}

describe('a backup in a write storm', () => {
  const folder = makeWorkspace();
  const live = join(folder, DATABASE);
  const backups = ['1.db', '2.db', '3.db'].map((name) => join(folder, name));
  const promised: Map<number, number>[] = [];
  let service: Service;
  let storm: Storm;
  let outcomes: Outcome[];

  beforeAll(async () => {
    service = await Service.start(folder, ENV);
    storm = new Storm(new TenantsApi(service.url, await tokenIn(live)));
    const raging = storm.rage(8);
    while (storm.changes < 50) await sleep(20);
    outcomes = [];
    for (const file of backups) {
      promised.push(new Map(storm.acknowledged));
      outcomes.push(await service.cli(['db', 'backup', file]));
    }
    storm.stop();
    await raging;
  });
  afterAll(async () => {
    await service.stop('SIGKILL');
    removeWorkspace(folder);
    process.stdout.write(`backup: ${storm.changes} changes meanwhile\n`);
  });

  it('succeeds, says so, and fails no request', () => {
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
    for (const [index, file] of backups.entries())
      expect(outcomes[index]?.stdout).toContain(
        `Yedek yazıldı ve denetlendi: ${file} (${statSync(file).size} bayt)`,
      );
    expect(storm.refusals).toEqual([]);
    expect(storm.changes).toBeGreaterThan(100);
  });

  it('is one file of its owner alone, whole and consistent', async () => {
    for (const file of backups) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(
        await one(
          file,
          'SELECT integrity_check AS value FROM pragma_integrity_check',
        ),
      ).toBe('ok');
      // Each change and its entry are one transaction: a copy of two moments would tell them apart.
      expect(
        await sql(
          file,
          `SELECT id FROM tenants WHERE version <> (SELECT count(*) FROM audit_entries
           WHERE target = 'tenant:' || tenants.id)`,
        ),
      ).toEqual([]);
    }
    expect(
      readdirSync(folder).filter((name) => /^\d\.db.|\.tmp/.test(name)),
    ).toEqual([]);
  });

  it('has every write that was acknowledged before it began', async () => {
    for (const [index, file] of backups.entries()) {
      const rows = await sql<{ id: number; version: number }>(
        file,
        'SELECT id, version FROM tenants',
      );
      const found = new Map(rows.map(({ id, version }) => [id, version]));
      const lost = [...(promised[index] ?? [])].filter(
        ([id, version]) => (found.get(id) ?? 0) < version,
      );
      expect(lost).toEqual([]);
    }
  });

  it('is on record in the live database', async () => {
    expect(
      await sql(
        live,
        "SELECT actor, target, fields FROM audit_entries WHERE action = 'database.exported'",
      ),
    ).toEqual(
      backups.map(() => ({ actor: 'operator', target: null, fields: '' })),
    );
  });

  it('serves the same tenants elsewhere, every key readable, and stays as it was', async () => {
    const [, file = ''] = backups;
    const hash = hashOf(file);
    const elsewhere = workspaceForTest();
    const { code, stdout } = await db(elsewhere, ['restore', file]);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('Yedek geri kondu'),
    ]);
    const target = join(elsewhere, DATABASE);
    expect(statSync(target).mode & 0o777).toBe(0o600);

    const restored = await Service.start(elsewhere, ENV);
    const api = new TenantsApi(restored.url, await tokenIn(target));
    const { body } = await api.list();
    const verified = await restored.cli(['keys', 'verify']);
    const chain = await restored.cli(['audit', 'verify']);
    await restored.stop();

    const columns = 'id, username, business_name, version';
    expect(
      body.map(({ id, username, business_name, version }) => ({
        id,
        username,
        business_name,
        version,
      })),
    ).toEqual(await sql(file, `SELECT ${columns} FROM tenants ORDER BY id`));
    expect(body.every((tenant) => tenant.openai_api_key_state === 'ok')).toBe(
      true,
    );
    expect([verified.code, verified.stdout]).toEqual([0, 'ok: 8\n']);
    expect(chain.code).toBe(0);
    expect(
      await one(
        target,
        "SELECT count(*) AS value FROM audit_entries WHERE action = 'database.restored'",
      ),
    ).toBe(1);
    expect(hashOf(file)).toBe(hash);
  });
});

describe('a backup is refused', () => {
  it('over a file that is there', async () => {
    const folder = workspaceForTest();
    await migrateHere(join(folder, DATABASE));
    writeFileSync(join(folder, 'taken'), 'kept');
    const { code, stdout, stderr } = await here(folder, () =>
      backUp(join(folder, 'taken')),
    );

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('üzerine yazılmadı');
    expect(readFileSync(join(folder, 'taken'), 'utf8')).toBe('kept');
  });

  it('where there is no database, and makes none', async () => {
    const folder = workspaceForTest();
    const { code, stderr } = await here(
      folder,
      () => backUp(join(folder, 'b.db')),
      { NODE_ENV: '' },
    );

    expect(code).toBe(1);
    expect(stderr).toContain('Veritabanı yok: ');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('into a folder that is not there', async () => {
    const folder = workspaceForTest();
    await migrateHere(join(folder, DATABASE));
    const { code, stderr } = await db(folder, ['backup', 'none/b.db']);

    expect(code).toBe(1);
    expect(stderr).toMatch(/yazılamadı: klasör yok\n$/);
  });
});

describe('a restore is refused', () => {
  const origin = makeWorkspace();
  const backup = join(origin, 'backup.db');

  beforeAll(async () => {
    await migrateHere(join(origin, DATABASE));
    await seedTenants(configFor(join(origin, DATABASE)), 200);
    const { code, stderr } = await db(origin, ['backup', backup]);
    if (code !== 0) throw new Error(stderr);
  });
  afterAll(() => removeWorkspace(origin));

  it('over a database that is there', async () => {
    const hash = hashOf(join(origin, DATABASE));
    const { code, stdout, stderr } = await db(origin, ['restore', backup]);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('başka bir yere taşıyın');
    expect(hashOf(join(origin, DATABASE))).toBe(hash);
  });

  it('beside a log that another database has left', async () => {
    const folder = workspaceForTest();
    writeFileSync(join(folder, `${DATABASE}-wal`), 'frames');
    const { code, stderr } = await restoreHere(folder, backup);

    expect(code).toBe(1);
    expect(stderr).toContain(`${DATABASE}-wal`);
    expect(readdirSync(folder)).toEqual([`${DATABASE}-wal`]);
  });

  it('with a wrong key: 78, nothing written', async () => {
    const folder = workspaceForTest();
    const hash = hashOf(backup);
    const { code, stdout, stderr } = await db(folder, ['restore', backup], {
      ENCRYPTION_KEY: generateEncryptionKey(),
    });

    expect([code, stdout]).toEqual([78, '']);
    expect(stderr).toContain('(200 müşteri)');
    expect(readdirSync(folder)).toEqual([]);
    expect(hashOf(backup)).toBe(hash);
    expect(
      readdirSync(origin).filter((name) => name.startsWith('backup')),
    ).toEqual(['backup.db']);
  });

  const unusable: [
    what: string,
    make: (file: string) => void | Promise<void>,
  ][] = [
    ['missing', () => undefined],
    ['a folder', (file) => mkdirSync(file)],
    ['empty', (file) => writeFileSync(file, '')],
    ['a text', (file) => writeFileSync(file, 'no database\n'.repeat(500))],
    [
      'the database of another program',
      async (file) => {
        writeFileSync(file, '');
        await sql(file, 'CREATE TABLE notes (text)');
      },
    ],
    [
      'half a backup',
      (file) => {
        copyFileSync(backup, file);
        truncateSync(file, Math.floor(statSync(backup).size / 2));
      },
    ],
    [
      'a backup without its end',
      (file) => {
        copyFileSync(backup, file);
        truncateSync(file, statSync(backup).size - 1);
      },
    ],
    [
      'a backup with a hole',
      (file) => {
        const bytes = readFileSync(backup);
        writeFileSync(file, bytes.fill(0, 4096 * 12, 4096 * 20));
      },
    ],
  ];

  it.each(unusable)('when the file is %s', async (_, make) => {
    const folder = workspaceForTest();
    const file = join(workspaceForTest(), 'file.db');
    await make(file);
    const { code, stdout, stderr } = await restoreHere(folder, file);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/Yedek kullanılamaz|Böyle bir dosya yok|bozuk/);
    expect(stderr).not.toContain('Beklenmeyen');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('kill -9 during a backup', () => {
  const folder = makeWorkspace();
  const live = join(folder, DATABASE);

  beforeAll(async () => {
    await migrateHere(live);
    await seedTenants(configFor(live), 2_000);
    await sql(
      live,
      'UPDATE tenants SET system_prompt = hex(randomblob(15000))',
    );
    await sql(live, 'PRAGMA wal_checkpoint(TRUNCATE)');
  });
  afterAll(() => removeWorkspace(folder));

  const drafts = (): string[] =>
    readdirSync(folder).filter((name) => name.endsWith('.tmp'));

  it.each([0, 10, 40])(
    'leaves nothing that a restore would take for a backup, %i ms on',
    async (delay) => {
      const target = join(folder, `killed-${delay}.db`);
      const backup = await startBackup(target);
      await sleep(delay);
      backup.kill('SIGKILL');
      await backup.gone;

      expect(existsSync(target)).toBe(false);
      const left = drafts();
      expect(left).toHaveLength(1);
      const draft = join(folder, left[0] ?? '');
      // As it lies there, and without the journal that says how far it came.
      const bare = `${draft}.bare`;
      copyFileSync(draft, bare);
      for (const file of [draft, bare]) {
        const elsewhere = workspaceForTest();
        const { code } = await restoreHere(elsewhere, file);
        expect(code).toBe(1);
        expect(readdirSync(elsewhere)).toEqual([]);
      }
      for (const name of readdirSync(folder))
        if (name.includes('.tmp')) rmSync(join(folder, name));
      expect(
        await one(live, 'SELECT quick_check AS value FROM pragma_quick_check'),
      ).toBe('ok');
    },
  );

  it('is not needed: SIGTERM removes what is half done', async () => {
    const backup = await startBackup(join(folder, 'ended.db'));
    backup.kill('SIGTERM');

    expect(await backup.gone).toBe(1);
    expect(drafts()).toEqual([]);
    expect(existsSync(join(folder, 'ended.db'))).toBe(false);
  });

  /** Comes back as soon as the first pages are on the disk. */
  async function startBackup(
    target: string,
  ): Promise<{ kill(signal: NodeJS.Signals): void; gone: Promise<number> }> {
    const child = spawn(
      process.execPath,
      [projectPath('dist/cli.js'), 'db', 'backup', target],
      { cwd: folder, env: childEnv(ENV), stdio: 'ignore' },
    );
    const gone = once(child, 'close').then(([code]) => Number(code));
    const size = (): number =>
      drafts()
        .map((name) => statSync(join(folder, name)).size)
        .reduce((sum, bytes) => sum + bytes, 0);
    while (size() === 0 && child.exitCode === null) await sleep(1);
    return { kill: (signal) => void child.kill(signal), gone };
  }
});
