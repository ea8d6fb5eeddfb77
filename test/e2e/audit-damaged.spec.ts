import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import { ApiClient } from '../helpers/api-client.js';
import { ADMIN } from '../helpers/dashboard.js';
import { PageClient } from '../helpers/page-client.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

const TABLES = ['audit_key', 'audit_head'];

describe('an audit trail that cannot be gone on with', () => {
  let app: TestApp;
  let client: ApiClient;
  let database: TestDatabase;
  let tenant: string;

  beforeAll(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app, await app.token());
    await app.nest.get(AdminsService).create(ADMIN);
    const created = await client.post('/api/tenants/', tenantFactory.build());
    tenant = created.header('location') ?? '';
    database = new TestDatabase(app.databaseFile);
    for (const table of TABLES)
      await database.run(
        `CREATE TABLE kept_${table} AS SELECT * FROM ${table}`,
      );
  });
  afterEach(async () => {
    for (const table of TABLES)
      await database.run(`REPLACE INTO ${table} SELECT * FROM kept_${table}`);
  });
  afterAll(async () => {
    await database.close();
    await app.stop();
  });

  const readiness = async (): Promise<unknown> => {
    const { status, json } = await client.get('/health/ready');
    return [status, Object.keys((json as { error: object }).error)];
  };

  it.each([
    { what: 'head is gone', damage: 'DELETE FROM audit_head' },
    { what: 'head is another', damage: 'UPDATE audit_head SET entries = 0' },
    { what: 'key is gone', damage: 'DELETE FROM audit_key' },
    { what: 'key is damaged', damage: "UPDATE audit_key SET token = 'gAAAA'" },
    {
      what: 'key names a kid that nobody knows',
      damage: "UPDATE audit_key SET kid = 'deadbeef'",
    },
  ])(
    'makes changes wait and says so, while all can be read: its $what',
    async ({ damage }) => {
      const before = (await client.get(tenant)).json;
      await database.run(damage);

      expect(await readiness()).toEqual([503, ['audit']]);
      const changed = await client.patch(tenant, { business_name: damage });
      expect([changed.status, changed.problem.code]).toEqual([
        503,
        'UNAVAILABLE',
      ]);
      expect(Number(changed.header('retry-after'))).toBeGreaterThan(0);
      expect((await client.get(tenant)).json).toEqual(before);
      expect((await client.get('/api/tenants/')).status).toBe(200);

      for (const table of TABLES)
        await database.run(`REPLACE INTO ${table} SELECT * FROM kept_${table}`);
      expect(await readiness()).toEqual([200, []]);
    },
  );

  it('refuses a sign-in, right or wrong, with 503', async () => {
    await database.run('DELETE FROM audit_head');
    for (const password of [ADMIN.password, 'not the password']) {
      const page = new PageClient(app.url);
      const answer = await page.submit('/login', {
        username: ADMIN.username,
        password,
      });
      expect(answer.status).toBe(503);
    }
  });
});
