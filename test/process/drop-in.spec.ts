import { randomBytes } from 'node:crypto';
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CryptoService } from '../../src/security/crypto.service.js';
import { KeyRing } from '../../src/security/key-ring.js';
import { PasswordHasher } from '../../src/security/password-hasher.js';
import { SecretBox } from '../../src/security/secret-box.js';
import { openAiKeyPlace } from '../../src/tenants/tenant.entity.js';
import { TenantsApi } from '../helpers/api.js';
import { migrateHere, tokenIn } from '../helpers/database-setup.js';
import {
  hashOf,
  leaveHotJournalBehind,
  leaveWalBehind,
} from '../helpers/database-files.js';
import { withDatabase } from '../helpers/test-database.js';
import {
  backupsIn,
  copyLegacyDatabase,
  legacy,
  LEGACY_COLUMNS,
} from '../helpers/legacy.js';
import {
  type Outcome,
  run,
  Service,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import {
  makeWorkspace,
  removeWorkspace,
  workspaceForTest,
} from '../helpers/workspace.js';

type Row = Record<string, unknown>;

const KEY = { ENCRYPTION_KEY: legacy.encryption_key };
const ENV = { ...KEY, SECRET_KEY: TEST_SECRET_KEY };
const WRONG_KEY = `${randomBytes(32).toString('base64url')}=`;
const ring = new KeyRing([Buffer.from(legacy.encryption_key, 'base64url')]);
const SQLALCHEMY_DATE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?$/;

function rowsOf(file: string, columns = '*'): Promise<Row[]> {
  return withDatabase(file, (database) =>
    database.all<Row>(`SELECT ${columns} FROM tenants ORDER BY id`),
  );
}

function schemaOf(file: string, name: string): Promise<{ sql: string }[]> {
  return withDatabase(file, (database) =>
    database.all<{ sql: string }>(
      'SELECT sql FROM sqlite_master WHERE name = ?',
      [name],
    ),
  );
}

function execute(file: string, sql: string): Promise<void> {
  return withDatabase(file, (database) => database.exec(sql));
}

function migrate(
  folder: string,
  env: Record<string, string> = ENV,
): Promise<Outcome> {
  return run('cli.js', ['db', 'migrate'], folder, env);
}

describe('a database of the old application, adopted', () => {
  const folder = makeWorkspace();
  const file = copyLegacyDatabase(folder);
  const hasher = new PasswordHasher(12);
  const crypto = new CryptoService(hasher, new SecretBox(ring));
  let before: Row[];
  let service: Service;
  let api: TenantsApi;

  beforeAll(async () => {
    chmodSync(file, 0o640);
    before = await rowsOf(file);
    service = await Service.start(folder, KEY);
    api = new TenantsApi(service.url, await tokenIn(file));
  });

  afterAll(async () => {
    await service.stop();
    await hasher.onApplicationShutdown();
    removeWorkspace(folder);
  });

  it('serves every tenant as it was', async () => {
    const { status, body } = await api.list();

    expect(status).toBe(200);
    expect(body).toEqual(
      legacy.tenants.map((tenant) => ({
        id: tenant.id,
        username: tenant.username,
        business_name: tenant.business_name,
        system_prompt: tenant.system_prompt,
        status: 'active',
        openai_api_key_hint: [...tenant.openai_api_key].slice(-4).join(''),
        openai_api_key_state: 'ok',
        version: 1,
        created_at: `${tenant.created_at}.000Z`,
        updated_at:
          tenant.updated_at === null ? null : `${tenant.updated_at}.000Z`,
      })),
    );
    for (const tenant of body)
      expect((await api.get(tenant.id)).body).toEqual(tenant);
  });

  it('decrypts every key and verifies every password', async () => {
    const rows = await rowsOf(file);

    for (const [index, tenant] of legacy.tenants.entries()) {
      const row = rows[index] ?? {};
      const stored = {
        token: String(row.openai_api_key),
        kid: String(row.openai_api_key_kid),
        mac: String(row.openai_api_key_mac),
      };
      const hash = String(row.password_hash);

      const opened = crypto.decrypt(stored, openAiKeyPlace(tenant.id));
      expect(opened.state === 'ok' && opened.secret.reveal()).toBe(
        tenant.openai_api_key,
      );
      expect(crypto.decrypt(stored, openAiKeyPlace(99))).toEqual({
        state: 'unreadable',
      });
      expect(await crypto.verifyPassword(tenant.password, hash)).toBe(true);
      expect(await crypto.verifyPassword(`${tenant.password}x`, hash)).toBe(
        false,
      );
    }
  });

  it('keeps the old columns byte for byte, dates in the old format', async () => {
    expect(await rowsOf(file, LEGACY_COLUMNS)).toEqual(before);
    for (const { created_at: created } of before)
      expect(created).toMatch(SQLALCHEMY_DATE);
  });

  it('leaves one whole backup with the permissions of the original', async () => {
    const [backup = '', ...more] = backupsIn(folder);
    const path = join(folder, backup);

    expect(more).toEqual([]);
    expect(backup).toMatch(/^randevu_asistani\.db\.backup-\d{8}T\d{6}/);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(await rowsOf(path)).toEqual(before);
    expect(
      await withDatabase(path, (database) =>
        database.all('PRAGMA integrity_check'),
      ),
    ).toEqual([{ integrity_check: 'ok' }]);
  });

  it('serves a row that the old application inserts afterwards', async () => {
    await execute(
      file,
      `INSERT INTO tenants (id, username, password_hash, business_name, openai_api_key, system_prompt, created_at, updated_at)
       VALUES (50, 'eski_1', 'x', 'Eski 1', 'gAAAAAtoken', 'Kısa', '2026-01-02 03:04:05.678901', NULL);
       INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt)
       VALUES ('eski_2', 'x', 'Eski 2', '', 'Kısa');`,
    );

    expect((await api.get(50)).body).toMatchObject({
      username: 'eski_1',
      status: 'active',
      version: 1,
      openai_api_key_state: 'unreadable',
      openai_api_key_hint: null,
      created_at: '2026-01-02T03:04:05.678Z',
    });
    expect((await api.get(51)).body).toMatchObject({
      openai_api_key_state: 'missing',
      openai_api_key_hint: null,
      created_at: expect.stringMatching(/Z$/),
    });
  });

  it('notices a key that the old application replaces, and takes a new one', async () => {
    const token = ring.encrypt('sk-yeni-anahtar-0000000');
    await execute(
      file,
      `UPDATE tenants SET business_name = 'Eskiden', openai_api_key = '${token}', updated_at = CURRENT_TIMESTAMP WHERE id = 1`,
    );

    expect((await api.get(1)).body).toMatchObject({
      business_name: 'Eskiden',
      openai_api_key_state: 'unreadable',
      openai_api_key_hint: null,
    });
    const { status, body } = await api.patch(1, {
      openai_api_key: 'sk-proj-00000000000000abcd',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      openai_api_key_state: 'ok',
      openai_api_key_hint: 'abcd',
    });
  });

  it('writes rows that the old application can read', async () => {
    const { status, body } = await api.create();
    await api.patch(body.id, { business_name: 'Değişti' });
    const [row] = await withDatabase(file, (database) =>
      database.all<Row>('SELECT * FROM tenants WHERE id = ?', [body.id]),
    );

    expect(status).toBe(201);
    expect(row?.created_at).toMatch(SQLALCHEMY_DATE);
    expect(row?.updated_at).toMatch(SQLALCHEMY_DATE);
    expect(row?.password_hash).toMatch(/^\$2b\$12\$/);
    expect(ring.decrypt(String(row?.openai_api_key))?.plaintext).toMatch(
      /^sk-test-/,
    );
  });

  it('never gives an id twice', async () => {
    const { body: first } = await api.create();
    expect((await api.delete(first.id)).status).toBe(204);
    await execute(
      file,
      `INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt) VALUES ('eski_3', 'x', 'Eski 3', '', 'Kısa')`,
    );
    const inserted = (await api.list()).body.find(
      ({ username }) => username === 'eski_3',
    );

    expect(inserted?.id).toBeGreaterThan(first.id);
  });

  it('adopts nothing a second time', async () => {
    await service.stop();
    const adopted = await rowsOf(file);
    service = await Service.start(folder, KEY);

    expect(await rowsOf(file)).toEqual(adopted);
    expect(backupsIn(folder)).toHaveLength(1);
    expect(service.output.stdout).not.toContain('devralındı');
  });
});

describe('a database of the old application that is not as it should be', () => {
  it('keeps rows whose key no key opens and marks them', async () => {
    const folder = workspaceForTest();
    const file = copyLegacyDatabase(folder);
    const foreign = new KeyRing([randomBytes(32)]).encrypt('sk-foreign');
    await execute(
      file,
      `INSERT INTO tenants SELECT 11, 'yabanci', password_hash, 'A', '${foreign}', 'p', created_at, NULL FROM tenants WHERE id = 1;
       INSERT INTO tenants SELECT 12, 'bozuk', 'not a hash', 'B', 'garbage', '', 'yesterday', NULL FROM tenants WHERE id = 1;
       INSERT INTO tenants SELECT 13, 'Bos Ad', password_hash, '', '', 'p', NULL, NULL FROM tenants WHERE id = 1;
       INSERT INTO tenants SELECT 14, 'ikili', password_hash, 'D', x'00ff80', 'p', created_at, NULL FROM tenants WHERE id = 1;`,
    );
    const before = await rowsOf(file);
    const service = await Service.start(folder, KEY);
    const api = new TenantsApi(service.url, await tokenIn(file));
    const { status, body } = await api.list();
    const states = Object.fromEntries(
      body.map(({ id, openai_api_key_state: state }) => [id, state]),
    );
    const patched = await api.patch(13, { system_prompt: 'on harften uzun' });
    const after = await rowsOf(file, LEGACY_COLUMNS);
    await service.stop('SIGKILL');

    expect(status).toBe(200);
    expect(states).toEqual({
      1: 'ok',
      2: 'ok',
      3: 'ok',
      11: 'unreadable',
      12: 'unreadable',
      13: 'missing',
      14: 'unreadable',
    });
    expect(patched.status).toBe(200);
    expect(after.filter(({ id }) => id !== 13)).toEqual(
      before.filter(({ id }) => id !== 13),
    );
  });

  it('reads keys that Python’s lenient base64 read: line ends, blanks, quotes', async () => {
    const folder = workspaceForTest();
    const file = copyLegacyDatabase(folder);
    const tokens = await rowsOf(file, 'openai_api_key');
    await execute(
      file,
      `UPDATE tenants SET openai_api_key = openai_api_key || char(13, 10) WHERE id = 1;
       UPDATE tenants SET openai_api_key = '"' || openai_api_key || '"' WHERE id = 2;
       UPDATE tenants SET openai_api_key = ' ''' || openai_api_key || ''' ' WHERE id = 3`,
    );
    const service = await Service.start(folder, KEY);
    const api = new TenantsApi(service.url, await tokenIn(file));
    const { body } = await api.list();
    const verified = await service.cli(['keys', 'verify']);
    await service.stop('SIGKILL');

    expect(body.map((tenant) => tenant.openai_api_key_hint)).toEqual(
      legacy.tenants.map(({ openai_api_key: key }) => key.slice(-4)),
    );
    expect(verified.code).toBe(0);
    expect(await rowsOf(file, 'openai_api_key')).toEqual(tokens);
  });

  it('serves the others when bindings are damaged or copied', async () => {
    const folder = workspaceForTest();
    const file = copyLegacyDatabase(folder);
    await migrateHere(file, KEY);
    await execute(
      file,
      `UPDATE tenants SET openai_api_key_mac = '${'ğ'.repeat(64)}' WHERE id = 1;
       UPDATE tenants SET openai_api_key = (SELECT openai_api_key FROM tenants WHERE id = 3), openai_api_key_mac = (SELECT openai_api_key_mac FROM tenants WHERE id = 3) WHERE id = 2`,
    );
    const service = await Service.start(folder, KEY);
    const api = new TenantsApi(service.url, await tokenIn(file));
    const { body } = await api.list();
    await service.stop('SIGKILL');

    expect(body.map((tenant) => tenant.openai_api_key_state)).toEqual([
      'unreadable',
      'unreadable',
      'ok',
    ]);
  });

  it.each(['db migrate', 'start'])(
    'is left alone by `%s` when no key of it decrypts',
    async (way) => {
      const folder = workspaceForTest();
      const file = copyLegacyDatabase(folder);
      const hash = hashOf(file);
      const env = { ...ENV, ENCRYPTION_KEY: WRONG_KEY };
      const { code, stderr } =
        way === 'start'
          ? await run('main.js', [], folder, env)
          : await migrate(folder, env);

      expect(code).toBe(78);
      expect(stderr).toContain('ENCRYPTION_KEY');
      expect(hashOf(file)).toBe(hash);
      expect(readdirSync(folder)).toEqual(['randevu_asistani.db']);
    },
  );

  it('is adopted with a new key in front of the old one', async () => {
    const folder = workspaceForTest();
    const file = copyLegacyDatabase(folder);
    const told = await migrateHere(file, {
      ENCRYPTION_KEY: `${WRONG_KEY},${legacy.encryption_key}`,
    });

    expect(told).toContain('3 anahtar okunabilir, 0 okunamıyor');
    await expect(
      migrateHere(file, { ENCRYPTION_KEY: WRONG_KEY }),
    ).rejects.toThrow('ENCRYPTION_KEY');
  });

  it('keeps other tables and whatever refers to tenants', async () => {
    const folder = workspaceForTest();
    const file = copyLegacyDatabase(folder);
    await execute(
      file,
      `CREATE TABLE appointments (id INTEGER PRIMARY KEY, tenant_id INTEGER NOT NULL REFERENCES tenants (id) ON DELETE CASCADE);
       INSERT INTO appointments VALUES (1, 3), (2, 3);
       CREATE VIEW names AS SELECT username FROM tenants;`,
    );
    const before = await schemaOf(file, 'appointments');
    await migrateHere(file, KEY);

    expect(await schemaOf(file, 'appointments')).toEqual(before);
    await withDatabase(file, async (database) => {
      await database.exec('PRAGMA foreign_keys = ON');
      expect(await database.all('SELECT * FROM names')).toHaveLength(3);
      await database.exec('INSERT INTO appointments VALUES (3, 1)');
      expect(await database.all('PRAGMA foreign_key_check')).toEqual([]);
      await database.exec('DELETE FROM tenants WHERE id = 3');
      expect(await database.all('SELECT id FROM appointments')).toEqual([
        { id: 3 },
      ]);
    });
  });

  it('remembers the ids that an AUTOINCREMENT of the old table has spent', async () => {
    const folder = workspaceForTest();
    const file = copyLegacyDatabase(folder);
    const [table] = await schemaOf(file, 'tenants');
    const withAutoincrement = String(table?.sql)
      .replace(/,\s*PRIMARY KEY \(id\)/, '')
      .replace('id INTEGER NOT NULL', 'id INTEGER PRIMARY KEY AUTOINCREMENT');
    await execute(
      file,
      `ALTER TABLE tenants RENAME TO before;
       DROP INDEX ix_tenants_username;
       DROP INDEX ix_tenants_id;
       ${withAutoincrement};
       INSERT INTO tenants SELECT * FROM before;
       DROP TABLE before;
       CREATE UNIQUE INDEX ix_tenants_username ON tenants (username);
       CREATE INDEX ix_tenants_id ON tenants (id);
       UPDATE sqlite_sequence SET seq = 41 WHERE name = 'tenants';`,
    );
    await migrateHere(file, KEY);
    await execute(
      file,
      `INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt) VALUES ('yeni', 'x', 'Y', '', 'p')`,
    );

    expect((await rowsOf(file)).at(-1)?.id).toBe(42);
  });

  it('is read whole when a crash left its last row in the write-ahead log', async () => {
    const folder = workspaceForTest();
    const file = copyLegacyDatabase(folder);
    await leaveWalBehind(file);
    const left = readdirSync(folder);
    await migrateHere(file, KEY);
    const [backup = ''] = backupsIn(folder);

    expect(left).toContain('randevu_asistani.db-wal');
    expect((await rowsOf(file)).map(({ username }) => username)).toContain(
      'wal',
    );
    expect(await rowsOf(join(folder, backup))).toHaveLength(4);
  });

  it('is rolled back when a crash left a hot journal', async () => {
    const folder = workspaceForTest();
    const file = copyLegacyDatabase(folder);
    const before = await rowsOf(file);
    await leaveHotJournalBehind(file);
    const left = readdirSync(folder);
    await migrateHere(file, KEY);

    expect(left).toContain('randevu_asistani.db-journal');
    expect(await rowsOf(file, LEGACY_COLUMNS)).toEqual(before);
  });
});
