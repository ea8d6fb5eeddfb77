import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type TenantInput,
  tenantFactory,
} from '../factories/tenant.factory.js';
import { importRow, ndjson } from '../factories/import-rows.js';
import type { Answer } from '../helpers/answer.js';
import { ApiClient } from '../helpers/api-client.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

const PATH = '/api/tenants/';

/** An import of 30 rows. */
const file = (name: string): string =>
  ndjson(Array.from({ length: 30 }, (_, n) => importRow(`${name}-${n}`)));

describe('Idempotency-Key', () => {
  let app: TestApp;
  let client: ApiClient;
  let database: TestDatabase;

  beforeAll(async () => {
    app = await TestApp.start();
    database = new TestDatabase(app.databaseFile);
    client = await ApiClient.of(app, await app.token());
  });
  afterAll(async () => {
    await database.close();
    await app.stop();
  });

  function create(
    key: string,
    tenant: TenantInput,
    as = client,
  ): Promise<Answer> {
    return as.post(PATH, tenant, { headers: { 'Idempotency-Key': key } });
  }

  async function imports(): Promise<number> {
    const rows = await database.all('SELECT id FROM tenant_imports');
    return rows.length;
  }

  async function rowsOf({ username }: TenantInput): Promise<number> {
    const rows = await database.all(
      'SELECT id FROM tenants WHERE username = ?',
      username,
    );
    return rows.length;
  }

  it('replays the stored answer, with its headers', async () => {
    const [key, tenant] = [randomUUID(), tenantFactory.build()];
    const first = await create(key, tenant);
    expect(first.status).toBe(201);
    expect(first.header('idempotency-replayed')).toBeUndefined();
    const second = await create(key, tenant);
    expect(second.status).toBe(201);
    expect(second.header('idempotency-replayed')).toBe('true');
    expect(second.text).toBe(first.text);
    for (const name of ['location', 'etag', 'content-type'])
      expect(second.header(name)).toBe(first.header(name));
    expect(await rowsOf(tenant)).toBe(1);
  });

  it('replays it although the tenant has since been changed or deleted', async () => {
    const [key, tenant] = [randomUUID(), tenantFactory.build()];
    const first = await create(key, tenant);
    await client.delete(String(first.header('location')));
    expect((await create(key, tenant)).text).toBe(first.text);
    expect(await rowsOf(tenant)).toBe(0);
  });

  it('makes one tenant of 50 requests at once', async () => {
    const [key, tenant] = [randomUUID(), tenantFactory.build()];
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => create(key, tenant)),
    );
    const fresh = answers.filter(
      (answer) =>
        answer.status === 201 &&
        answer.header('idempotency-replayed') === undefined,
    );
    expect(fresh).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect([answer.status, answer.problem.code]).toEqual([
        409,
        'IDEMPOTENCY_IN_PROGRESS',
      ]);
      expect(answer.header('retry-after')).toBe('1');
    }
    expect(await rowsOf(tenant)).toBe(1);
    expect((await create(key, tenant)).text).toBe(fresh[0]?.text);
  });

  it('refuses the key for another body, whatever became of the first', async () => {
    const [key, tenant] = [randomUUID(), tenantFactory.build()];
    const both = await Promise.all([
      create(key, tenant),
      create(key, { ...tenant, business_name: 'Başka bir işletme' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 422]);
    const later = await create(key, { ...tenant, password: 'baska-parola' });
    expect([later.status, later.problem.code]).toEqual([
      422,
      'IDEMPOTENCY_KEY_REUSED',
    ]);
  });

  it('keeps the keys of two callers apart', async () => {
    const key = randomUUID();
    const other = client.as(await app.token());
    const [mine, theirs] = [tenantFactory.build(), tenantFactory.build()];
    expect((await create(key, mine)).status).toBe(201);
    expect((await create(key, theirs, other)).status).toBe(201);
    expect((await create(key, mine, other)).problem.code).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
  });

  it('stores no answer of a request that changed nothing: a mended request may use the key again', async () => {
    const [key, tenant] = [randomUUID(), tenantFactory.build()];
    expect((await create(key, { ...tenant, password: 'x' })).status).toBe(422);
    expect((await create(key, tenant)).status).toBe(201);
    const taken = await create(randomUUID(), tenant);
    expect(taken.problem.code).toBe('USERNAME_TAKEN');
  });

  it('carries a request out again when its key is older than 24 hours', async () => {
    const [key, tenant] = [randomUUID(), tenantFactory.build()];
    expect((await create(key, tenant)).status).toBe(201);
    await database.run(
      "UPDATE idempotency_keys SET created_at = strftime('%Y-%m-%d %H:%M:%f000', 'now', '-24 hours', '-1 seconds')",
    );
    expect((await create(key, tenant)).problem.code).toBe('USERNAME_TAKEN');
    expect((await create(key, tenantFactory.build())).status).toBe(201);
    const [{ count } = { count: 0 }] = await database.all<{ count: number }>(
      'SELECT count(*) AS count FROM idempotency_keys',
    );
    expect(count).toBe(1);
  });

  it('loses a race against another process without a second tenant', async () => {
    const [key, tenant] = [randomUUID(), tenantFactory.build()];
    const first = await create(key, tenant);
    // As when the other process commits between our look and our insert.
    await database.exec(
      `CREATE TRIGGER race BEFORE INSERT ON tenants BEGIN
         UPDATE idempotency_keys SET created_at = '9999-01-01 00:00:00' WHERE created_at < '2000-01-01';
       END;
       UPDATE idempotency_keys SET created_at = '1999-01-01 00:00:00';`,
    );
    const other = { ...tenant, username: `${tenant.username}-b` };
    const answer = await create(key, other);
    await database.exec(
      "DROP TRIGGER race; UPDATE idempotency_keys SET created_at = '9999-01-01 00:00:00'",
    );
    expect([answer.status, answer.problem.code]).toEqual([
      409,
      'IDEMPOTENCY_IN_PROGRESS',
    ]);
    expect(await rowsOf(other)).toBe(0);
    expect((await create(key, tenant)).text).toBe(first.text);
  });

  it.each([
    ['an empty key', ''],
    ['a blank in it', 'a b'],
    ['a letter that is not ASCII', 'anahtar-\u00e7'],
    ['256 characters', 'x'.repeat(256)],
  ])('refuses %s', async (_, key) => {
    const answer = await create(key, tenantFactory.build());
    expect(answer.status).toBe(422);
    expect(answer.problem.errors).toMatchObject([
      { pointer: '/idempotency-key', code: 'INVALID_FORMAT' },
    ]);
  });

  it('refuses two keys', async () => {
    const answer = await client.post(PATH, tenantFactory.build(), {
      headers: { 'Idempotency-Key': ['a', 'b'] },
    });
    expect(answer.status).toBe(422);
  });

  it('takes the longest key', async () => {
    expect((await create('~'.repeat(255), tenantFactory.build())).status).toBe(
      201,
    );
  });

  it('stores neither the key nor anything of the request but what was answered', async () => {
    const key = `anahtar-${randomUUID()}`;
    const tenant = tenantFactory.build({ password: 'kanarya-parola-81' });
    await create(key, tenant);
    const rows = JSON.stringify(
      await database.all('SELECT * FROM idempotency_keys'),
    );
    expect(rows).toContain(tenant.username);
    for (const secret of [key, tenant.password, tenant.openai_api_key])
      expect(rows).not.toContain(secret);
  });

  describe('of an import, whose body is read piece by piece', () => {
    const IMPORTS = '/api/tenants/imports';
    const upload = (key: string, raw: Buffer | string, query = '') =>
      client.send('POST', `${IMPORTS}${query}`, {
        raw,
        headers: {
          'Idempotency-Key': key,
          'Content-Type': 'application/x-ndjson',
        },
      });
    it('starts one import for one file, and replays its answer', async () => {
      const key = randomUUID();
      const before = await imports();
      const first = await upload(key, file('tek'));
      expect(first.status).toBe(202);
      const second = await upload(key, file('tek'));
      expect(second.header('idempotency-replayed')).toBe('true');
      expect([second.status, second.text]).toEqual([202, first.text]);
      expect(second.header('location')).toBe(first.header('location'));
      expect(await imports()).toBe(before + 1);
    });

    it('refuses the key for another file, and for the same file in another way', async () => {
      const key = randomUUID();
      expect((await upload(key, file('ilk'))).status).toBe(202);
      const before = await imports();
      for (const answer of [
        await upload(key, file('baska')),
        await upload(key, file('ilk'), '?dry_run=true'),
        await upload(key, `${file('ilk')}\n`),
      ])
        expect([answer.status, answer.problem.code]).toEqual([
          422,
          'IDEMPOTENCY_KEY_REUSED',
        ]);
      expect(await imports()).toBe(before);
    });

    it('lets a file that was refused be sent again under its key', async () => {
      const key = randomUUID();
      expect((await upload(key, '')).status).toBe(422);
      expect((await upload(key, file('dolu'))).status).toBe(202);
    });
  });
});
