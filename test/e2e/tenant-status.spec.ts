import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scope } from '../../src/auth/scope.js';
import { AppConfig } from '../../src/config/app-config.js';
import { seedTenants } from '../factories/tenant-rows.js';
import { ApiClient } from '../helpers/api-client.js';
import { CANARY } from '../helpers/hostile-values.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

const VERBS = ['suspend', 'activate'] as const;

describe('the status of a tenant', () => {
  let app: TestApp;
  let client: ApiClient;
  let database: TestDatabase;
  let last = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    await seedTenants(app.nest.get(AppConfig), 40);
    database = new TestDatabase(app.databaseFile);
    client = await ApiClient.of(app, await app.token());
  });
  afterAll(async () => {
    await database.close();
    await app.stop();
  });

  /** The path of an active tenant that no other test has. */
  function freshPath(): string {
    last += 1;
    return `/api/tenants/${last}`;
  }

  async function actionsOn(path: string): Promise<string[]> {
    const entries = await database.all<{ action: string }>(
      'SELECT action FROM audit_entries WHERE target = ? ORDER BY id',
      path.replace('/api/tenants/', 'tenant:'),
    );
    return entries.map(({ action }) => action);
  }

  it('is suspended and activated, which are changes like any other', async () => {
    const path = freshPath();
    const { tenant: before } = await client.get(path);
    expect(before.status).toBe('active');
    const suspended = await client.post(`${path}/suspend`, undefined);
    expect(suspended.status).toBe(200);
    expect(suspended.tenant).toEqual({
      ...before,
      status: 'suspended',
      version: before.version + 1,
      updated_at: expect.any(String) as string,
    });
    expect(suspended.header('etag')).toBe(`"${before.version + 1}"`);
    expect((await client.get(path)).tenant).toEqual(suspended.tenant);
    const activated = await client.post(`${path}/activate/`, undefined);
    expect(activated.tenant).toMatchObject({
      status: 'active',
      version: before.version + 2,
    });
    expect(await actionsOn(path)).toEqual([
      'tenant.suspended',
      'tenant.activated',
    ]);
  });

  it.each(VERBS)('stays as it is when it is so already: %s', async (verb) => {
    const path = freshPath();
    if (verb === 'suspend') await client.post(`${path}/suspend`, undefined);
    const { tenant: before } = await client.get(path);
    const recorded = await actionsOn(path);
    const { status, tenant } = await client.post(`${path}/${verb}`, undefined);
    expect(status).toBe(200);
    expect(tenant).toEqual(before);
    expect(await actionsOn(path)).toEqual(recorded);
  });

  it('changes once when many suspend at the same time', async () => {
    const path = freshPath();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        client.post(`${path}/suspend`, undefined),
      ),
    );
    expect(answers.map(({ tenant }) => tenant.version)).toEqual(
      answers.map(() => 2),
    );
    expect(await actionsOn(path)).toEqual(['tenant.suspended']);
  });

  it('does not keep a suspended tenant from being changed, and is no field of a change', async () => {
    const path = freshPath();
    await client.post(`${path}/suspend`, undefined);
    const { tenant } = await client.get(path);
    const put = await client.put(path, {
      ...tenant,
      status: 'active',
      business_name: 'Yeni ad',
    });
    expect(put.tenant).toMatchObject({
      status: 'suspended',
      business_name: 'Yeni ad',
    });
    const patch = await client.patch(path, { status: 'active' });
    expect(patch.status).toBe(422);
    expect(patch.faults).toEqual([['/status', 'UNKNOWN_FIELD']]);
  });

  it('is active for whatever else stands in the database', async () => {
    const path = freshPath();
    for (const stored of ['', 'passive', 'SUSPENDED', 'suspended ']) {
      await database.run(
        'UPDATE tenants SET status = ? WHERE id = ?',
        stored,
        last,
      );
      expect((await client.get(path)).tenant.status).toBe('active');
    }
    const { tenant } = await client.post(`${path}/activate`, undefined);
    expect(tenant.version).toBe(1);
    expect(
      (await client.post(`${path}/suspend`, undefined)).tenant.status,
    ).toBe('suspended');
  });

  it('is replayed for a repeated Idempotency-Key', async () => {
    const path = freshPath();
    const headers = { 'Idempotency-Key': randomUUID() };
    const first = await client.post(`${path}/suspend`, undefined, { headers });
    await client.post(`${path}/activate`, undefined);
    const second = await client.post(`${path}/suspend`, undefined, { headers });
    expect(second.text).toBe(first.text);
    expect(second.header('idempotency-replayed')).toBe('true');
    expect((await client.get(path)).tenant.status).toBe('active');
    const other = await client.post(`${path}/activate`, undefined, { headers });
    expect(other.problem.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  describe.each(VERBS)('%s', (verb) => {
    it('takes {} for no body', async () => {
      const { status } = await client.post(`${freshPath()}/${verb}`, {});
      expect(status).toBe(200);
    });

    it.each<[string, unknown, [string, string][]]>([
      ['a status', { status: 'deleted' }, [['/status', 'UNKNOWN_FIELD']]],
      ['a list', [CANARY], [['', 'WRONG_TYPE']]],
      ['null', null, [['', 'WRONG_TYPE']]],
    ])('takes no body: %s', async (_, body, faults) => {
      const path = freshPath();
      const answer = await client.post(`${path}/${verb}`, body);
      expect([answer.status, answer.faults]).toEqual([422, faults]);
      expect(answer.everything).not.toContain(CANARY);
      expect((await client.get(path)).tenant.version).toBe(1);
    });

    it.each([
      ['text/plain', CANARY, 415],
      ['application/json', `{"${CANARY}`, 400],
      ['application/json', ' '.repeat(600_000), 413],
    ])('refuses what is no JSON: %s', async (type, raw, status) => {
      const headers = { 'content-type': type };
      const path = freshPath();
      const answer = await client.post(`${path}/${verb}`, undefined, {
        raw,
        headers,
      });
      expect(answer.status).toBe(status);
      expect(answer.everything).not.toContain(CANARY);
      expect((await client.get(path)).tenant.version).toBe(1);
    });

    it.each([
      '0',
      '-1',
      '01',
      '1e0',
      '1.0',
      '%31%00',
      '9007199254740993',
      '99999',
      'bin',
      '%F0%9F%A6%B7',
      "1'--",
      CANARY,
    ])('knows no tenant %s', async (id) => {
      const answer = await client.post(`/api/tenants/${id}/${verb}`, undefined);
      expect(answer.status).toBe(404);
      expect(answer.problem.code).toBe('TENANT_NOT_FOUND');
      expect(answer.everything).not.toContain(CANARY);
    });

    it('is for POST alone', async () => {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const answer = await client.send(method, `${freshPath()}/${verb}`);
        expect([answer.status, answer.header('allow')]).toEqual([405, 'POST']);
      }
    });

    it('needs a token that may write and is bound to no tenant', async () => {
      const path = freshPath();
      const statusAs = async (token: string | null) =>
        (await client.as(token).post(`${path}/${verb}`, undefined)).status;
      expect(await statusAs(null)).toBe(401);
      expect(await statusAs(await app.token([Scope.TenantsRead]))).toBe(403);
      const bound = await app.token([Scope.TenantsWrite], last);
      expect(await statusAs(bound)).toBe(403);
      expect((await client.get(path)).tenant.version).toBe(1);
    });
  });
});
