import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { importRow, ndjson, slowImport } from '../factories/import-rows.js';
import { migrateHere } from '../helpers/database-setup.js';
import { projectPath } from '../helpers/paths.js';
import {
  childEnv,
  type Outcome,
  run,
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import { sql } from '../helpers/test-database.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

describe('the tenants commands', () => {
  const folder = makeWorkspace();
  const file = join(folder, 'test.db');
  const env = {
    DATABASE_URL: `sqlite:///${file}`,
    ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
    SECRET_KEY: TEST_SECRET_KEY,
    NODE_ENV: 'production',
  };

  beforeAll(() => migrateHere(file));
  afterAll(() => removeWorkspace(folder));

  const cli = (
    args: string[],
    stdin = '',
    during?: (child: ChildProcess) => Promise<void>,
  ): Promise<Outcome> =>
    run('cli.js', ['tenants', ...args], folder, env, stdin, during);

  async function untilFirstRowIsDone(): Promise<void> {
    const running =
      "SELECT 1 FROM tenant_imports WHERE state = 'running' AND processed > 0";
    await vi.waitUntil(async () => (await sql(file, running)).length > 0, {
      timeout: 60_000,
      interval: 50,
    });
  }

  it('import a file, and report what could not be added', async () => {
    const path = join(folder, 'müşteriler.ndjson');
    writeFileSync(
      path,
      ndjson([
        importRow('dosya-bir'),
        importRow('dosya-iki'),
        importRow('dosya-bir'),
        { username: 'x' },
      ]),
    );
    const first = await cli(['import', path]);
    expect(first.stdout).toBe(
      [
        'satır 3: /username USERNAME_TAKEN Bu kullanıcı adı zaten kullanılıyor.',
        'satır 4: /username TOO_SHORT Kullanıcı adı en az 3 karakter olmalı.',
        'satır 4: /password REQUIRED Parola gerekli.',
        'satır 4: /business_name REQUIRED İşletme adı gerekli.',
        'satır 4: /openai_api_key REQUIRED OpenAI API anahtarı gerekli.',
        '',
      ].join('\n'),
    );
    expect(first.stderr).toContain('Eklendi: 2, eklenemedi: 2');
    expect(first.code).toBe(1);
    const again = await cli(['import', path]);
    expect(again.stderr).toContain('Eklendi: 0, eklenemedi: 4');
    expect(await sql(file, 'SELECT username FROM tenants')).toEqual([
      { username: 'dosya-bir' },
      { username: 'dosya-iki' },
    ]);
    expect(
      await sql(
        file,
        "SELECT DISTINCT actor FROM audit_entries WHERE action IN ('tenants.imported', 'tenant.created')",
      ),
    ).toEqual([{ actor: 'operator' }]);
  });

  it('import no tenant with the name of an admin', async () => {
    await sql(
      file,
      "INSERT INTO admins (username, password_hash, created_at) VALUES ('yonetici', '', '2026-01-01 00:00:00')",
    );
    const { code, stdout, stderr } = await cli(
      ['import', '-'],
      ndjson([importRow('Yonetici')]),
    );
    expect(stdout).toBe(
      'satır 1: /username USERNAME_TAKEN Bu kullanıcı adı zaten kullanılıyor.\n',
    );
    expect(stderr).toContain('Eklendi: 0, eklenemedi: 1');
    expect(code).toBe(1);
  });

  it('import from stdin, and try without adding', async () => {
    const input = ndjson([importRow('stdin-bir')]);
    const tried = await cli(['import', '-', '--dry-run'], input);
    expect([tried.code, tried.stdout]).toEqual([0, '']);
    expect(tried.stderr).toContain('Uygun: 1, uygun olmayan: 0');
    const before = await sql(
      file,
      "SELECT 1 FROM tenants WHERE username = 'stdin-bir'",
    );
    const added = await cli(['import', '-'], input);
    expect([before.length, added.code]).toEqual([0, 0]);
    expect(
      (await sql(file, "SELECT 1 FROM tenants WHERE username = 'stdin-bir'"))
        .length,
    ).toBe(1);
  });

  it('leave the imports of others to the server', async () => {
    await sql(
      file,
      "INSERT INTO tenant_imports (state, dry_run, actor, total, processed, added, failed, created_at) VALUES ('pending', 0, 'token:abcdefgh', 0, 0, 0, 0, '2026-11-23 00:00:00.000000')",
    );
    const { code } = await cli(['import', '-'], ndjson([importRow('kendi')]));
    const unfinished = await sql(
      file,
      "SELECT actor FROM tenant_imports WHERE state <> 'finished'",
    );
    await sql(file, "DELETE FROM tenant_imports WHERE state <> 'finished'");
    expect(code).toBe(0);
    expect(unfinished).toEqual([{ actor: 'token:abcdefgh' }]);
  });

  it('say how an import goes on that is stopped by Ctrl-C, and let the server have it', async () => {
    const { code, stderr } = await cli(
      ['import', '-'],
      slowImport('yarim', 40),
      async (child) => {
        await untilFirstRowIsDone();
        child.kill('SIGINT');
      },
    );
    const left = await sql(
      file,
      "SELECT state, holder FROM tenant_imports JOIN jobs ON kind = 'import' AND subject = CAST(tenant_imports.id AS TEXT) WHERE state <> 'finished'",
    );
    await sql(file, "UPDATE tenant_imports SET state = 'finished'");
    expect(code).toBe(1);
    expect(stderr).toMatch(/Durduruldu: 40 satırdan \d+ tanesi işlenmedi\./);
    expect(stderr).toContain('sürdürür');
    expect(left).toEqual([{ state: 'running', holder: null }]);
  });

  it('leave nothing of a file whose reading is stopped by Ctrl-C', async () => {
    const endless = spawn('sleep', ['60']);
    const child = spawn(
      process.execPath,
      [projectPath('dist/cli.js'), 'tenants', 'import', '-'],
      {
        cwd: folder,
        env: childEnv(env),
        stdio: [endless.stdout, 'ignore', 'pipe'],
      },
    );
    const closed = once(child, 'close') as Promise<[number | null]>;
    const said = text(child.stderr);
    await vi.waitUntil(
      async () =>
        (
          await sql(
            file,
            "SELECT 1 FROM tenant_imports WHERE state = 'receiving'",
          )
        ).length > 0,
      { timeout: 60_000, interval: 50 },
    );
    child.kill('SIGINT');
    const [code] = await closed;
    endless.kill();
    expect([code, (await said).trim()]).toEqual([
      1,
      'Durduruldu: hiçbir şey eklenmedi.',
    ]);
    expect(
      await sql(file, "SELECT 1 FROM tenant_imports WHERE state = 'receiving'"),
    ).toEqual([]);
  });

  it('fail when the import is cancelled by another', async () => {
    const { code, stderr } = await cli(
      ['import', '-'],
      slowImport('iptal', 40),
      async () => {
        await untilFirstRowIsDone();
        await sql(
          file,
          "UPDATE tenant_imports SET state = 'cancelled', cancel_reason = 'requested' WHERE state = 'running'",
        );
      },
    );
    await sql(file, "UPDATE tenant_imports SET state = 'finished'");
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /İçe aktarma no\. \d+ iptal edildi: 40 satırdan \d+ tanesi işlenmedi\./,
    );
  });

  it.each([
    [
      'a file that is not there',
      ['import', 'yok.ndjson'],
      'Böyle bir dosya yok ya da okunamıyor: yok.ndjson',
    ],
    ['a folder', ['import', '.'], 'Böyle bir dosya yok ya da okunamıyor: .'],
    ['an empty file', ['import', '-'], '- alınamadı: Gövde boş olamaz.'],
  ])('refuse %s', async (_name, args, reason) => {
    const { code, stderr } = await cli(args);
    expect([code, stderr.trim()]).toEqual([1, reason]);
    expect(
      await sql(file, "SELECT 1 FROM tenant_imports WHERE state <> 'finished'"),
    ).toEqual([]);
  });

  it('export to stdout and to a new private file, never over another', async () => {
    const { code, stdout } = await cli(['export']);
    expect(code).toBe(0);
    const [first] = stdout
      .split('\n')
      .map((line) => (line === '' ? undefined : (JSON.parse(line) as object)));
    expect(first).toMatchObject({
      username: 'dosya-bir',
      openai_api_key_state: 'ok',
    });
    const path = join(folder, 'dışarı.csv');
    const args = [
      'export',
      '--format',
      'csv',
      '--delimiter',
      'semicolon',
      '--output',
      path,
    ];
    expect((await cli(args)).code).toBe(0);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const written = readFileSync(path, 'utf8');
    expect(written).toMatch(/^\uFEFFid;username;/);
    const again = await cli(args);
    expect([again.code, again.stderr.trim()]).toEqual([
      1,
      `Zaten var, üzerine yazılmadı: ${path}`,
    ]);
    expect(readFileSync(path, 'utf8')).toBe(written);
    const nowhere = await cli([
      'export',
      '--output',
      join(folder, 'yok', 'x.csv'),
    ]);
    expect(nowhere.stderr).toContain('klasör yok');
    expect(existsSync(join(folder, 'yok'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual(
      [],
    );
  });

  it('are wrong usage with another format', async () => {
    expect((await cli(['export', '--format', 'xlsx'])).code).toBe(64);
  });
});
