import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tenantFactory } from '../factories/tenant.factory.js';
import { ApiClient } from '../helpers/api-client.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

const ifMatch = (tag: string) => ({ headers: { 'If-Match': tag } });

describe('Versions of a tenant', () => {
  let app: TestApp;
  let client: ApiClient;
  let database: TestDatabase;
  let path: string;
  let id: number;

  beforeAll(async () => {
    app = await TestApp.start();
    database = new TestDatabase(app.databaseFile);
    client = await ApiClient.of(app, await app.token());
    const created = await client.post('/api/tenants/', tenantFactory.build());
    id = created.tenant.id;
    path = `/api/tenants/${id}`;
  });
  beforeEach(() =>
    database.run('UPDATE tenants SET version = 1 WHERE id = ?', id),
  );
  afterAll(async () => {
    await database.close();
    await app.stop();
  });

  it('refuses to suspend, activate and restore what has changed since', async () => {
    const { tenant } = await client.post(
      '/api/tenants/',
      tenantFactory.build(),
    );
    const own = `/api/tenants/${tenant.id}`;
    const calls: [string, number][] = [
      [`${own}/suspend`, 1],
      [`${own}/activate`, 2],
      [`/api/tenants/bin/${tenant.id}/restore`, 3],
    ];
    for (const [call, version] of calls) {
      if (call.endsWith('restore')) await client.delete(own);
      const stale = await client.send('POST', call, ifMatch('"77"'));
      expect([call, stale.status]).toEqual([call, 412]);
      expect(stale.problem.code).toBe('VERSION_CONFLICT');
      const current = await client.send('POST', call, ifMatch(`"${version}"`));
      expect([call, current.status]).toEqual([call, 200]);
      expect(current.header('etag')).toBe(`"${version + 1}"`);
    }
  });

  it('tells the version of every answer that is one tenant', async () => {
    const created = await client.post('/api/tenants/', tenantFactory.build());
    expect(created.header('etag')).toBe('"1"');
    expect((await client.get(path)).header('etag')).toBe('"1"');
    const put = await client.put(path, { business_name: `Etiket ${id}` });
    expect(put.header('etag')).toBe('"2"');
    const patch = await client.patch(path, { business_name: 'Etiket iki' });
    expect(patch.header('etag')).toBe('"3"');
    expect((await client.get('/api/tenants/')).header('etag')).toBeUndefined();
  });

  it('answers 304 to a caller who has the current version', async () => {
    const same = await client.get(path, {
      headers: { 'If-None-Match': '"1"' },
    });
    expect([same.status, same.text]).toEqual([304, '']);
    const other = await client.get(path, {
      headers: { 'If-None-Match': '"2"' },
    });
    expect(other.status).toBe(200);
  });

  it.each([
    ['W/"1"', 304],
    ['"7", "1"', 304],
    ['*', 304],
    ['"x,"1"', 200],
    ['x, "1"', 200],
    ['"1" "2"', 200],
    ['1', 200],
  ])('If-None-Match: %s is %i', async (tag, status) => {
    const answer = await client.get(path, {
      headers: { 'If-None-Match': tag },
    });
    expect(answer.status).toBe(status);
  });

  it.each(['put', 'patch'] as const)(
    'lets a %s pass that builds on the current version, and refuses a stale one',
    async (method) => {
      const first = await client[method](
        path,
        { business_name: `${method} bir` },
        ifMatch('"1"'),
      );
      expect([first.status, first.header('etag')]).toEqual([200, '"2"']);
      const second = await client[method](
        path,
        { business_name: `${method} iki` },
        ifMatch('"1"'),
      );
      expect([second.status, second.problem.code]).toEqual([
        412,
        'VERSION_CONFLICT',
      ]);
      expect((await client.get(path)).tenant).toMatchObject({
        business_name: `${method} bir`,
        version: 2,
      });
    },
  );

  it('takes one of two updates from one version, whatever they change', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { version } = (await client.get(path)).tenant;
      const answers = await Promise.all(
        ['business_name', 'system_prompt'].map((field) =>
          client.patch(
            path,
            { [field]: `${round}. turda yazılan ${field}` },
            ifMatch(`"${version}"`),
          ),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([
        200, 412,
      ]);
      expect((await client.get(path)).tenant.version).toBe(version + 1);
    }
  });

  it.each([
    ['any version', '*', 200],
    ['one of several', '"7", "1"', 200],
    ['a tag that a proxy has made weak', 'W/"1"', 200],
    ['something before a tag', 'x"1"', 412],
    ['something behind a tag', '"1"x', 412],
    ['tags without a comma', '"1" "2"', 412],
    ['another separator', '"9";"1"', 412],
    ['a tag without quotes', '1', 412],
    ['an empty header', '', 412],
    ['nonsense', '\u00e7", ,,"', 412],
    ['a version to come', '"2"', 412],
  ])('%s: If-Match: %s is %i', async (_, tag, status) => {
    const answer = await client.patch(
      path,
      { business_name: `Koşul ${Math.random()}` },
      ifMatch(Buffer.from(tag, 'utf8').toString('latin1')),
    );
    expect(answer.status).toBe(status);
  });

  it('refuses a stale update that would change nothing, and lets the old callers pass without a condition', async () => {
    await client.patch(path, { business_name: 'Eski çağıran' });
    expect((await client.put(path, {}, ifMatch('"1"'))).status).toBe(412);
    expect((await client.put(path, {})).status).toBe(200);
  });

  it('finds the faults of a body before the conflict, and a missing tenant before both', async () => {
    const faulty = await client.patch(path, { username: 'x' }, ifMatch('"99"'));
    expect(faulty.status).toBe(422);
    const missing = await client.patch(
      '/api/tenants/999999',
      { username: 'x' },
      ifMatch('*'),
    );
    expect(missing.status).toBe(404);
  });

  it('deletes only the version that the caller has seen', async () => {
    await client.patch(path, { business_name: 'Silinecek' });
    const stale = await client.delete(path, ifMatch('"1"'));
    expect([stale.status, stale.problem.code]).toEqual([
      412,
      'VERSION_CONFLICT',
    ]);
    expect((await client.get(path)).status).toBe(200);
    expect((await client.delete(path, ifMatch('"2"'))).status).toBe(204);
    expect((await client.delete(path, ifMatch('*'))).status).toBe(404);
  });
});
