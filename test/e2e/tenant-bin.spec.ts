import { readFileSync } from 'node:fs';
import { compare } from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scope } from '../../src/auth/scope.js';
import { AppConfig } from '../../src/config/app-config.js';
import { Maintenance } from '../../src/maintenance/maintenance.js';
import { CryptoService } from '../../src/security/crypto.service.js';
import { openAiKeyPlace } from '../../src/tenants/tenant.entity.js';
import type { DeletedTenantResponseDto } from '../../src/tenants/bin/dto/deleted-tenant-response.dto.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import { seedTenants } from '../factories/tenant-rows.js';
import type { Answer } from '../helpers/answer.js';
import { ApiClient } from '../helpers/api-client.js';
import { CANARY, HOSTILE_VALUES } from '../helpers/hostile-values.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

const BIN = '/api/tenants/bin/';
const DAY_MS = 86_400_000;
const SEEDED = 80;

interface Row {
  id: number;
  username: string;
  password_hash: string;
  openai_api_key: string;
  openai_api_key_kid: string;
  openai_api_key_mac: string;
  version: number;
  updated_at: string | null;
  deleted_at?: string;
}

describe('the bin', () => {
  let app: TestApp;
  let client: ApiClient;
  let database: TestDatabase;
  let last = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    await seedTenants(app.nest.get(AppConfig), SEEDED);
    database = new TestDatabase(app.databaseFile);
    client = await ApiClient.of(app, await app.token());
  });
  afterAll(async () => {
    await database.close();
    await app.stop();
  });

  /** Deletes a tenant that no other test has. */
  async function discard(): Promise<number> {
    last += 1;
    const { status } = await client.delete(`/api/tenants/${last}`);
    if (status !== 204) throw new Error(`DELETE ${last}: ${status}`);
    return last;
  }

  const restore = (id: number | string, body?: unknown): Promise<Answer> =>
    client.post(`${BIN}${id}/restore`, body);

  const listed = async (query = ''): Promise<DeletedTenantResponseDto[]> =>
    (await client.get(`${BIN}${query}`)).json as DeletedTenantResponseDto[];

  const rowsIn = (table: 'tenants' | 'deleted_tenants', id: number) =>
    database.all<Row>(`SELECT * FROM ${table} WHERE id = ?`, id);

  async function age(id: number, ms: number): Promise<void> {
    const date = new Date(Date.now() - ms).toISOString();
    await database.run(
      'UPDATE deleted_tenants SET deleted_at = ? WHERE id = ?',
      date.replace('T', ' ').replace('Z', '000'),
      id,
    );
  }

  async function actionsOn(id: number): Promise<string[]> {
    const entries = await database.all<{ action: string; fields: string }>(
      'SELECT action, fields FROM audit_entries WHERE target = ? ORDER BY id',
      `tenant:${id}`,
    );
    return entries.map(({ action, fields }) => `${action} ${fields}`.trim());
  }

  it('gives a deleted tenant back as it was', async () => {
    const input = tenantFactory.build({
      password: 'geri-gelen-parola',
      openai_api_key: 'sk-test-geri-gelen-0001',
      system_prompt: '  Satır 1\r\n\tSatır 2\n\u2028e\u0301 \u{1F9B7}  ',
    });
    const { id } = (await client.post('/api/tenants/', input)).tenant;
    // Finer than JavaScript's dates.
    await database.run(
      "UPDATE tenants SET created_at = '2024-01-02 03:04:05.678901' WHERE id = ?",
      id,
    );
    await client.post(`/api/tenants/${id}/suspend`, undefined);
    const { tenant: before } = await client.get(`/api/tenants/${id}`);
    const [row] = await rowsIn('tenants', id);

    expect((await client.delete(`/api/tenants/${id}`)).status).toBe(204);
    expect(await rowsIn('tenants', id)).toEqual([]);
    const [inBin] = await rowsIn('deleted_tenants', id);
    const { deleted_at: deletedAt, ...kept } = inBin ?? {};
    expect(kept).toEqual(row);
    expect(deletedAt).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
    const shown = (await client.get(`${BIN}${id}`))
      .json as DeletedTenantResponseDto;
    expect(shown).toEqual({
      ...before,
      deleted_at: expect.any(String) as string,
      purge_at: expect.any(String) as string,
    });
    expect(Date.parse(shown.purge_at) - Date.parse(shown.deleted_at)).toBe(
      30 * DAY_MS,
    );

    const { status, tenant } = await restore(id);
    expect(status).toBe(200);
    expect(tenant).toEqual({
      ...before,
      version: before.version + 1,
      updated_at: expect.any(String) as string,
    });
    const [after] = await rowsIn('tenants', id);
    expect(after).toEqual({
      ...row,
      version: before.version + 1,
      updated_at: after?.updated_at,
    });
    expect(await rowsIn('deleted_tenants', id)).toEqual([]);
    expect(await compare(input.password, after?.password_hash ?? '')).toBe(
      true,
    );
    const opened = app.nest.get(CryptoService).decrypt(
      {
        token: after?.openai_api_key ?? '',
        kid: after?.openai_api_key_kid ?? '',
        mac: after?.openai_api_key_mac ?? '',
      },
      openAiKeyPlace(id),
    );
    expect(opened.state === 'ok' && opened.secret.reveal()).toBe(
      input.openai_api_key,
    );
    expect(tenant.system_prompt).toBe(input.system_prompt);
    expect(await actionsOn(id)).toEqual([
      'tenant.created',
      'tenant.suspended',
      'tenant.deleted',
      'tenant.restored',
    ]);
  });

  it('is not seen by the old application, for which the name is free at once', async () => {
    const id = await discard();
    const username = `seeded-${id}`;
    const newId = await database.insertLegacyTenant({ username });
    expect(newId).toBeGreaterThan(SEEDED);
    const living = await database.all<{ id: number }>(
      'SELECT id FROM tenants WHERE username = ?',
      username,
    );
    expect(living).toEqual([{ id: newId }]);
    expect((await restore(id)).problem.code).toBe('USERNAME_TAKEN');
    await database.run('DELETE FROM tenants WHERE id = ?', newId);
    expect((await restore(id)).status).toBe(200);
  });

  it('is neither listed nor found until it is restored', async () => {
    const id = await discard();
    const found = async (): Promise<number[]> => {
      const { tenants } = await client.get(
        `/api/tenants/?search=seeded-${id}&limit=500`,
      );
      return tenants.map((tenant) => tenant.id);
    };
    expect(await found()).not.toContain(id);
    await restore(id);
    expect(await found()).toContain(id);
  });

  describe('restoring', () => {
    it('refuses a name that is in use, in any case, and takes another', async () => {
      const id = await discard();
      const username = `Seeded-${id}`;
      const newId = await database.insertLegacyTenant({ username });
      const [before] = await rowsIn('deleted_tenants', id);
      for (const body of [undefined, {}, { username: null }, { username }]) {
        const { status, problem } = await restore(id, body);
        expect([status, problem.code]).toEqual([409, 'USERNAME_TAKEN']);
      }
      expect(await rowsIn('deleted_tenants', id)).toEqual([before]);
      const { status, tenant } = await restore(id, {
        username: `YENI-${id}`,
      });
      expect(status).toBe(200);
      expect(tenant).toMatchObject({
        id,
        username: `yeni-${id}`,
        openai_api_key_state: 'ok',
      });
      expect(await actionsOn(id)).toEqual([
        'tenant.deleted',
        'tenant.restored username',
      ]);
      await database.run('DELETE FROM tenants WHERE id = ?', newId);
    });

    it('gives a tenant of the old application its own name back, whatever it is', async () => {
      const username = ' Eski Ad; ŞÇ';
      const id = await database.insertLegacyTenant({ username });
      await client.delete(`/api/tenants/${id}`);
      const { status, tenant } = await restore(id);
      expect([status, tenant.username]).toEqual([200, username]);
      expect(tenant.openai_api_key_state).toBe('missing');
    });

    it.each([
      ['no body and no type', undefined, {}],
      ['a type without a body', '', { 'content-type': 'application/json' }],
      ['an empty object', '{}', { 'content-type': 'application/json' }],
    ])('takes %s', async (_, raw, headers) => {
      const id = await discard();
      const answer = await client.send('POST', `${BIN}${id}/restore/`, {
        raw,
        headers,
      });
      expect(answer.status).toBe(200);
      expect(answer.header('etag')).toBe('"2"');
    });

    it('lets one of two win', async () => {
      const id = await discard();
      const answers = await Promise.all([restore(id), restore(id)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([
        200, 404,
      ]);
      expect(await rowsIn('tenants', id)).toHaveLength(1);
      expect(await rowsIn('deleted_tenants', id)).toEqual([]);
    });

    it('and a create of the same name: one of the two gets it', async () => {
      const id = await discard();
      const username = `seeded-${id}`;
      const [created, restored] = await Promise.all([
        client.post('/api/tenants/', tenantFactory.build({ username })),
        restore(id),
      ]);
      expect([
        [201, 409],
        [409, 200],
      ]).toContainEqual([created.status, restored.status]);
      const living = await database.all(
        'SELECT id FROM tenants WHERE lower(username) = ?',
        username,
      );
      expect(living).toHaveLength(1);
    });

    it('is replayed for a repeated Idempotency-Key', async () => {
      const id = await discard();
      const headers = { 'Idempotency-Key': `restore-${id}` };
      const path = `${BIN}${id}/restore`;
      const first = await client.post(path, undefined, { headers });
      const second = await client.post(path, undefined, { headers });
      expect([first.status, second.status]).toEqual([200, 200]);
      expect(second.text).toBe(first.text);
    });

    it('refuses every name that a create refuses', async () => {
      const id = await discard();
      const names = HOSTILE_VALUES.filter(({ field }) => field === 'username');
      expect(names.length).toBeGreaterThan(50);
      for (const { value, code } of names) {
        const answer = await restore(id, { username: value });
        expect(answer.status).toBe(422);
        expect(answer.faults).toEqual([['/username', code]]);
        expect(answer.everything).not.toContain(CANARY);
      }
      expect(await rowsIn('deleted_tenants', id)).toHaveLength(1);
    });

    it.each([
      ['a list', '[]', 422],
      ['null', 'null', 422],
      ['a text', `"${CANARY}"`, 422],
      ['an unknown field', `{"password":"${CANARY}"}`, 422],
      ['__proto__', `{"__proto__":{"username":"${CANARY}"}}`, 422],
      ['broken JSON', `{"username":"${CANARY}`, 400],
      ['too much', JSON.stringify(' '.repeat(600_000)), 413],
    ])('refuses %s for a body', async (_, raw, status) => {
      const answer = await client.send('POST', `${BIN}1/restore`, {
        raw,
        headers: { 'content-type': 'application/json' },
      });
      expect(answer.status).toBe(status);
      expect(answer.everything).not.toContain(CANARY);
    });

    it('refuses a body without a type', async () => {
      const answer = await client.send('POST', `${BIN}1/restore`, {
        raw: '{}',
      });
      expect(answer.status).toBe(415);
    });
  });

  it('lets a delete and a create of the same name at once end in one tenant or none', async () => {
    last += 1;
    const username = `seeded-${last}`;
    const [deleted, created] = await Promise.all([
      client.delete(`/api/tenants/${last}`),
      client.post('/api/tenants/', tenantFactory.build({ username })),
    ]);
    expect(deleted.status).toBe(204);
    expect([201, 409]).toContain(created.status);
    const living = await database.all(
      'SELECT id FROM tenants WHERE username = ?',
      username,
    );
    expect(living).toHaveLength(created.status === 201 ? 1 : 0);
    expect(await rowsIn('deleted_tenants', last)).toHaveLength(1);
  });

  describe('listed', () => {
    it('begins with the newest deletion, in pages', async () => {
      await database.run('DELETE FROM deleted_tenants');
      const ids: number[] = [];
      for (let day = 0; day < 5; day += 1) {
        const id = await discard();
        await age(id, day * DAY_MS);
        ids.push(id);
      }
      const first = await client.get(`${BIN}?limit=2`);
      expect(first.tenants.map(({ id }) => id)).toEqual(ids.slice(0, 2));
      expect(first.header('x-total-count')).toBe('5');
      expect(first.header('link')).toContain(
        '</api/tenants/bin/?skip=2&limit=2>; rel="next"',
      );
      const all = [
        ...(await listed('?limit=2')),
        ...(await listed('?skip=2&limit=2')),
        ...(await listed('?skip=4&limit=2')),
      ];
      expect(all.map(({ id }) => id)).toEqual(ids);
      expect(await listed()).toEqual(all);
    });

    it.each(['?limit=0', '?limit=501', '?skip=-1', '?skip=1e3', '?limit='])(
      'refuses %s',
      async (query) => {
        expect((await client.get(`${BIN}${query}`)).status).toBe(422);
      },
    );

    it('shows no secret', async () => {
      const id = await discard();
      const [row] = await rowsIn('deleted_tenants', id);
      const answers = [
        await client.get(BIN),
        await client.get(`${BIN}${id}`),
        await restore(id, { username: `seeded-${SEEDED}` }),
        await restore(id),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 409, 200]);
      const secrets = [
        row?.password_hash,
        row?.openai_api_key,
        row?.openai_api_key_mac,
        row?.openai_api_key_kid,
        `sk-seeded-${String(id).padStart(12, '0')}`,
      ];
      for (const { everything } of answers) {
        for (const secret of secrets) {
          expect(secret?.length).toBeGreaterThan(7);
          expect(everything).not.toContain(secret);
        }
      }
    });

    it('shows the rest although a date is damaged', async () => {
      const [id, other] = [await discard(), await discard()];
      await database.run(
        "UPDATE deleted_tenants SET deleted_at = 'soon' WHERE id = ?",
        id,
      );
      const found = await listed();
      expect(found.map((tenant) => tenant.id)).toEqual(
        expect.arrayContaining([id, other]),
      );
      expect((await restore(id)).status).toBe(200);
    });
  });

  describe('after 30 days', () => {
    it('no longer shows or gives back a tenant, and purges it', async () => {
      const [old, young] = [await discard(), await discard()];
      await age(old, 30 * DAY_MS + 1_000);
      await age(young, 30 * DAY_MS - 60_000);
      const ids = (await listed()).map(({ id }) => id);
      expect(ids).toContain(young);
      expect(ids).not.toContain(old);
      for (const answer of [
        await client.get(`${BIN}${old}`),
        await restore(old),
        await client.delete(`${BIN}${old}`),
      ])
        expect([answer.status, answer.problem.code]).toEqual([
          404,
          'TENANT_NOT_FOUND',
        ]);
      expect(await rowsIn('deleted_tenants', old)).toHaveLength(1);

      await app.nest.get(Maintenance).runAll();
      expect(await rowsIn('deleted_tenants', old)).toEqual([]);
      expect(await rowsIn('deleted_tenants', young)).toHaveLength(1);
      expect(await actionsOn(old)).toEqual(['tenant.deleted', 'tenant.purged']);
      const [entry] = await database.all(
        "SELECT actor, address, request_id FROM audit_entries WHERE action = 'tenant.purged' AND target = ?",
        `tenant:${old}`,
      );
      expect(entry).toEqual({
        actor: 'system',
        address: null,
        request_id: null,
      });
    });

    it('purges any number in bounded transactions', async () => {
      await database.exec(`
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 170)
        INSERT INTO deleted_tenants (id, username, password_hash, business_name, openai_api_key, system_prompt, deleted_at)
        SELECT 100000 + i, 'old', 'x', 'x', '', 'x', '2020-01-01 00:00:00.000000' FROM n`);
      await app.nest.get(Maintenance).runAll();
      const [rest] = await database.all(
        'SELECT count(*) AS rows FROM deleted_tenants WHERE id > 100000',
      );
      expect(rest).toEqual({ rows: 0 });
    });
  });

  describe('purging', () => {
    it('leaves nothing of a tenant in the file', async () => {
      const id = await discard();
      const trace = `iz-${'ab'.repeat(40)}-${id}`;
      await database.run(
        'UPDATE deleted_tenants SET system_prompt = ? WHERE id = ?',
        trace,
        id,
      );
      const isInFile = async (): Promise<boolean> => {
        await database.all('PRAGMA wal_checkpoint(TRUNCATE)');
        return readFileSync(app.databaseFile).includes(trace);
      };
      expect(await isInFile()).toBe(true);
      const stale = await client.delete(`${BIN}${id}`, {
        headers: { 'if-match': '"7"' },
      });
      expect(stale.problem.code).toBe('VERSION_CONFLICT');
      const answer = await client.delete(`${BIN}${id}`, {
        headers: { 'if-match': '"1"' },
      });
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(await isInFile()).toBe(false);
      expect((await client.delete(`${BIN}${id}`)).status).toBe(404);
      expect((await restore(id)).status).toBe(404);
      expect(await actionsOn(id)).toEqual(['tenant.deleted', 'tenant.purged']);
    });

    it('does not reach a living tenant', async () => {
      expect((await client.delete(`${BIN}${SEEDED}`)).status).toBe(404);
      expect((await client.get(`/api/tenants/${SEEDED}`)).status).toBe(200);
    });
  });

  it('is for tokens that reach all tenants, with the scope of the call', async () => {
    const id = await discard();
    const calls = [
      ['GET', BIN],
      ['GET', `${BIN}${id}`],
      ['POST', `${BIN}${id}/restore`],
      ['DELETE', `${BIN}${id}`],
    ] as const;
    const all = [Scope.TenantsRead, Scope.TenantsWrite];
    const tokens = [
      [null, [401, 401, 401, 401]],
      [await app.token(all, id), [403, 403, 403, 403]],
      [await app.token([Scope.AuditRead]), [403, 403, 403, 403]],
      [await app.token([Scope.TenantsRead]), [200, 200, 403, 403]],
      [await app.token([Scope.TenantsWrite]), [403, 403, 200, 404]],
    ] as const;
    for (const [token, expected] of tokens) {
      const statuses: number[] = [];
      for (const [method, path] of calls)
        statuses.push((await client.as(token).send(method, path)).status);
      expect(statuses).toEqual(expected);
    }
  });

  it.each([
    '0',
    '-1',
    '01',
    '1e3',
    '1.0',
    '%00',
    '9007199254740993',
    '99999',
    'bin',
    'suspend',
    "1'--",
    '%F0%9F%A6%B7',
    CANARY,
  ])('knows no tenant %s', async (id) => {
    for (const answer of [
      await client.get(`${BIN}${id}`),
      await restore(id),
      await client.delete(`${BIN}${id}`),
    ]) {
      expect(answer.status).toBe(404);
      expect(answer.problem.code).toBe('TENANT_NOT_FOUND');
      expect(answer.everything).not.toContain(CANARY);
    }
  });
});
