import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEncryptionKeys } from '../../src/config/encryption-keys.js';
import { PasswordHasher } from '../../src/security/password-hasher.js';
import { TenantsApi } from '../helpers/api.js';
import { copyLegacyDatabase, legacy } from '../helpers/legacy.js';
import { withDatabase } from '../helpers/test-database.js';
import {
  type Outcome,
  run,
  Service,
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import {
  makeWorkspace,
  removeWorkspace,
  workspaceForTest,
} from '../helpers/workspace.js';

const PASSWORD = 'kırmızı balık gölde';
const TOKEN = /^vr_[A-Za-z0-9]{8}_[\w-]{43}[0-9a-f]{8}$/;
const ENV = {
  NODE_ENV: 'production',
  ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
  SECRET_KEY: TEST_SECRET_KEY,
};

describe('the operator’s commands beside a running service', () => {
  const folder = makeWorkspace();
  const file = join(folder, 'randevu_asistani.db');
  const hasher = new PasswordHasher(12);
  let service: Service;
  let api: TenantsApi;
  let tenantId: number;

  beforeAll(async () => {
    service = await Service.start(folder, ENV);
    api = new TenantsApi(service.url, await service.token());
    tenantId = (await api.create()).body.id;
    await api.create();
  });

  afterAll(async () => {
    await service.stop('SIGKILL');
    await hasher.onApplicationShutdown();
    removeWorkspace(folder);
  });

  function createToken(...options: string[]): Promise<Outcome> {
    return service.cli(['token', 'create', '--name', 'n', ...options]);
  }

  async function statusWith(token: string, id?: number): Promise<number> {
    const other = new TenantsApi(service.url, token);
    return (await (id === undefined ? other.list() : other.get(id))).status;
  }

  async function hashOfAdmin(username: string): Promise<string | undefined> {
    const [row] = await withDatabase(file, (database) =>
      database.all<{ password_hash: string }>(
        'SELECT password_hash FROM admins WHERE username = ?',
        [username],
      ),
    );
    return row?.password_hash;
  }

  it('admin create reads the password from stdin, without one trailing line end', async () => {
    for (const [name, stdin, password] of [
      ['bir', PASSWORD, PASSWORD],
      ['Iki', `${PASSWORD}\n`, PASSWORD],
      ['uc', `${PASSWORD} \r\n`, `${PASSWORD} `],
    ] as const) {
      const { code, stdout, stderr } = await service.cli(
        ['admin', 'create', '--username', `${name}-admin`],
        stdin,
      );
      const hash = await hashOfAdmin(`${name.toLowerCase()}-admin`);

      expect(code).toBe(0);
      expect(stdout + stderr).not.toContain(PASSWORD);
      expect(await hasher.verify(password, hash)).toBe(true);
    }
  });

  it.each([
    ['a taken name', 'bir-admin', PASSWORD],
    ['a taken name in another case', 'BIR-admin', PASSWORD],
    ['a bad name', 'a b', PASSWORD],
    ['a short password', 'dort', 'kısa'],
    ['a well-known password', 'dort', 'password1234'],
    ['two line ends, of which one stays', 'dort', `${PASSWORD}\n\n`],
    ['no password', 'dort', ''],
  ])('admin create fails with 1 on %s', async (_, username, stdin) => {
    const { code, stdout, stderr } = await service.cli(
      ['admin', 'create', '--username', username],
      stdin,
    );

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim()).not.toBe('');
    expect(stderr).not.toMatch(/Beklenmeyen|^\s+at /m);
    expect(await hashOfAdmin('dort')).toBeUndefined();
  });

  it('admin create fails with 1 on the name of a tenant', async () => {
    const { username } = (await api.get(tenantId)).body;
    const { code, stdout, stderr } = await service.cli(
      ['admin', 'create', '--username', username],
      PASSWORD,
    );

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('Bu kullanıcı adı zaten kullanılıyor');
    expect(await hashOfAdmin(username)).toBeUndefined();
  });

  it('admin set-password gives a new password, ends the sessions, and says who it was', async () => {
    const name = 'unutkan';
    await service.cli(['admin', 'create', '--username', name], PASSWORD);
    const before = await hashOfAdmin(name);
    await withDatabase(file, (database) =>
      database.run(
        `INSERT INTO admin_sessions (id_hash, admin_id, created_at, last_used_at, expires_at)
         SELECT 'x', id, created_at, created_at, created_at FROM admins WHERE username = ?`,
        name,
      ),
    );
    const { code, stdout, stderr } = await service.cli(
      ['admin', 'set-password', '--username', 'UNUTKAN'],
      `yeni ${PASSWORD}\n`,
    );

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(name);
    expect(stdout).not.toContain(PASSWORD);
    expect(await hashOfAdmin(name)).not.toBe(before);
    expect(
      await hasher.verify(`yeni ${PASSWORD}`, await hashOfAdmin(name)),
    ).toBe(true);
    const rows = await withDatabase(file, (database) =>
      database.all(
        `SELECT (SELECT count(*) FROM admin_sessions WHERE id_hash = 'x') AS sessions, actor, action
         FROM audit_entries ORDER BY id DESC LIMIT 1`,
      ),
    );
    expect(rows).toEqual([
      { sessions: 0, actor: 'operator', action: 'admin.password_set' },
    ]);
  });

  it.each([
    ['a name that no admin has', 'kimse-degil', PASSWORD],
    ['a short password', 'bir-admin', 'kısa'],
    ['no password', 'bir-admin', ''],
  ])('admin set-password fails with 1 on %s', async (_, username, stdin) => {
    const before = await hashOfAdmin(username);
    const { code, stdout, stderr } = await service.cli(
      ['admin', 'set-password', '--username', username],
      stdin,
    );

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim()).not.toBe('');
    expect(stderr).not.toMatch(/Beklenmeyen|^\s+at /m);
    expect(await hashOfAdmin(username)).toBe(before);
  });

  it('token create prints the token alone, and it works at once', async () => {
    const { code, stdout, stderr } = await createToken(
      '--scopes',
      'tenants:read',
    );
    const token = stdout.trimEnd();

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`${token}\n`);
    expect(token).toMatch(TOKEN);
    expect(await statusWith(token)).toBe(200);
    expect((await new TenantsApi(service.url, token).create()).status).toBe(
      403,
    );
    const stored = await withDatabase(file, (database) =>
      database.all('SELECT * FROM api_tokens'),
    );
    expect(JSON.stringify(stored)).not.toContain(token.slice(12));
  });

  it('token create --tenant reaches that tenant alone', async () => {
    const { stdout } = await createToken(
      '--scopes',
      'tenants:read',
      '--tenant',
      String(tenantId),
    );
    const token = stdout.trim();
    const { body } = await new TenantsApi(service.url, token).list();

    expect(body.map(({ id }) => id)).toEqual([tenantId]);
    expect(await statusWith(token, tenantId)).toBe(200);
    expect(await statusWith(token, tenantId + 1)).toBe(404);
  });

  it('token create --expires-in-days makes one that ends', async () => {
    const { stdout } = await createToken(
      '--scopes',
      'tenants:read',
      '--expires-in-days',
      '1',
    );
    const token = stdout.trim();
    const valid = await statusWith(token);
    const [row] = await withDatabase(file, async (database) => {
      const rows = await database.all<{ expires_at: string }>(
        'SELECT expires_at FROM api_tokens WHERE id = ?',
        [token.slice(3, 11)],
      );
      await database.exec(
        `UPDATE api_tokens SET expires_at = '2020-01-01 00:00:00.000000' WHERE id = '${token.slice(3, 11)}'`,
      );
      return rows;
    });
    const hours =
      (Date.parse(`${row?.expires_at.replace(' ', 'T')}Z`) - Date.now()) /
      3_600_000;

    expect(valid).toBe(200);
    expect(hours).toBeGreaterThan(23);
    expect(hours).toBeLessThanOrEqual(24);
    expect(await statusWith(token)).toBe(401);
  });

  it('token revoke ends a token in the running service at once', async () => {
    const token = (await createToken('--scopes', 'tenants:read')).stdout.trim();
    const id = token.slice(3, 11);
    const before = await statusWith(token);
    const { code } = await service.cli(['token', 'revoke', id]);
    const after = await statusWith(token);
    const again = await service.cli(['token', 'revoke', id]);
    const { stdout: list, code: listCode } = await service.cli([
      'token',
      'list',
    ]);

    expect([before, code, after]).toEqual([200, 0, 401]);
    expect([again.code, again.stdout]).toEqual([1, '']);
    expect(listCode).toBe(0);
    expect(list).toMatch(
      new RegExp(`^${id}\\tn\\ttenants:read\\t-\\tiptal`, 'm'),
    );
    expect(list).not.toContain(token.slice(12));
  });

  it('token create fails with 1 for a tenant that is not there', async () => {
    const { code, stdout } = await createToken(
      '--scopes',
      'tenants:read',
      '--tenant',
      '999999',
    );

    expect([code, stdout]).toEqual([1, '']);
  });

  it('db migrate has nothing to do and says so', async () => {
    const { code, stdout } = await service.cli(['db', 'migrate']);

    expect([code, stdout]).toEqual([0, 'Veritabanı güncel.\n']);
  });

  it.each([
    [[]],
    [['nonsense']],
    [['token']],
    [['token', 'create']],
    [['token', 'create', '--name', 'x', '--scopes', 'everything']],
    [['token', 'create', '--name', 'x', '--scopes', '']],
    [['token', 'create', '--name', '', '--scopes', 'tenants:read']],
    [
      [
        'token',
        'create',
        '--name',
        'x',
        '--scopes',
        'tenants:read',
        '--tenant',
        '1e3',
      ],
    ],
    [
      [
        'token',
        'create',
        '--name',
        'x',
        '--scopes',
        'tenants:read',
        '--expires-in-days',
        '0',
      ],
    ],
    [['token', 'create', '--name', 'x', '--scopes', 'tenants:read', 'extra']],
    [['token', 'revoke']],
    [['admin', 'create']],
    [['admin', 'set-password']],
    [['admin', 'create', '--username', 'x', '--password', PASSWORD]],
    [['keys', 'generate', 'extra']],
  ])('%j is wrong usage: 64', async (args) => {
    const { code, stdout, stderr } = await service.cli(args, PASSWORD);

    expect([code, stdout]).toEqual([64, '']);
    expect(stderr.trim()).not.toBe('');
  });
});

describe('the operator’s commands without a database', () => {
  it('keys generate prints a key alone and needs no configuration', async () => {
    const folder = workspaceForTest();
    const outcomes = [
      await run('cli.js', ['keys', 'generate'], folder, { PORT: 'bad' }),
      await run('cli.js', ['keys', 'generate'], folder, {}),
    ];
    const keys = outcomes.map(({ stdout }) => stdout.trimEnd());

    expect(outcomes.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(parseEncryptionKeys(keys.join(','))).toHaveLength(2);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('token create migrates first and still prints the token alone', async () => {
    const folder = workspaceForTest();
    copyLegacyDatabase(folder);
    const { code, stdout, stderr } = await run(
      'cli.js',
      ['token', 'create', '--name', 'n', '--scopes', 'tenants:read'],
      folder,
      { ENCRYPTION_KEY: legacy.encryption_key },
    );

    expect(code).toBe(0);
    expect(stdout.trimEnd()).toMatch(TOKEN);
    expect(stderr).toContain('Eski veritabanı devralındı');
  });

  it('--help is no error', async () => {
    const { code, stdout } = await run(
      'cli.js',
      ['--help'],
      workspaceForTest(),
      {},
    );

    expect(code).toBe(0);
    expect(stdout).toMatch(/admin[\s\S]*token[\s\S]*keys[\s\S]*db/);
  });
});
