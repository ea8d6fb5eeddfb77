import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scope } from '../../src/auth/scope.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import type { Answer } from '../helpers/answer.js';
import { ApiClient, type Call } from '../helpers/api-client.js';
import { TestApp } from '../helpers/test-app.js';
import { sql } from '../helpers/test-database.js';

const TENANTS = '/api/tenants/';
const RECEIPT = ['id', 'version', 'created_at', 'updated_at'];
const WHOLE = '#/components/schemas/TenantResponseDto';

let app: TestApp;
/** May read and write. */
let client: ApiClient;
let writer: ApiClient;

beforeAll(async () => {
  app = await TestApp.start();
  client = await ApiClient.of(app, await app.token());
  writer = client.as(await app.token([Scope.TenantsWrite]));
});
afterAll(() => app.stop());

async function addTenant(): Promise<number> {
  const answer = await client.post(TENANTS, tenantFactory.build());
  return (answer.json as { id: number }).id;
}

function expectReceipt(answer: Answer, status = 200): void {
  expect(answer.status).toBe(status);
  const body = answer.json as Record<string, unknown>;
  expect(Object.keys(body).toSorted()).toEqual(RECEIPT.toSorted());
  expect(answer.header('etag')).toBe(`"${String(body.version)}"`);
}

describe('who may write and not read gets of a tenant only its id, version and dates', () => {
  it('from a create, also when it is repeated', async () => {
    const body = tenantFactory.build();
    const call: Call = { headers: { 'idempotency-key': 'create' } };
    const first = await writer.post(TENANTS, body, call);
    const again = await writer.post(TENANTS, body, call);
    for (const answer of [first, again]) {
      expectReceipt(answer, 201);
      const { id } = answer.json as { id: number };
      expect(answer.header('location')).toBe(`${TENANTS}${id}`);
    }
    expect(again.header('idempotency-replayed')).toBe('true');
    expect(again.text).toBe(first.text);
  });

  it.each(['PUT', 'PATCH'])('from a %s', async (method) => {
    const path = `${TENANTS}${await addTenant()}`;
    for (const body of [{}, { business_name: 'Yeni Ad' }]) {
      const answer = await writer.send(method, path, { body });
      expectReceipt(answer);
    }
  });

  it.each(['suspend', 'activate'])('from %s', async (verb) => {
    const path = `${TENANTS}${await addTenant()}/${verb}`;
    const headers = { 'idempotency-key': verb };
    for (let time = 0; time < 2; time += 1)
      expectReceipt(await writer.send('POST', path, { headers }));
  });

  it('from a restore', async () => {
    const id = await addTenant();
    await writer.delete(`${TENANTS}${id}`);
    const path = `${TENANTS}bin/${id}/restore`;
    const headers = { 'idempotency-key': 'restore' };
    for (let time = 0; time < 2; time += 1)
      expectReceipt(await writer.send('POST', path, { headers }));
  });

  it('from the answer that was kept while the token could still read', async () => {
    const token = await app.token();
    const body = tenantFactory.build();
    const call: Call = { token, headers: { 'idempotency-key': 'before' } };
    const first = await client.post(TENANTS, body, call);
    expect(first.text).toContain(body.username);
    await sql(
      app.databaseFile,
      'UPDATE api_tokens SET scopes = ? WHERE id = ?',
      [Scope.TenantsWrite, token.slice(3, 11)],
    );
    expectReceipt(await client.post(TENANTS, body, call), 201);
  });

  it('of an import that it cancels only its number and state, also when it is repeated', async () => {
    const { json } = await client.send('POST', `${TENANTS}imports`, {
      raw: `${JSON.stringify(tenantFactory.build())}\n`,
      headers: { 'content-type': 'application/x-ndjson' },
    });
    const path = `${TENANTS}imports/${(json as { id: number }).id}/cancel`;
    const headers = { 'idempotency-key': 'cancel' };
    for (let time = 0; time < 2; time += 1) {
      const answer = await writer.send('POST', path, { headers });
      expect(answer.status).toBe(200);
      expect(Object.keys(answer.json as object).toSorted()).toEqual([
        'id',
        'state',
      ]);
    }
    expect((await client.send('POST', path)).json).toHaveProperty('failed');
  });

  it('from refusals nothing', async () => {
    const id = await addTenant();
    const { json } = await client.get(`${TENANTS}${id}`);
    const tenant = json as { username: string; business_name: string };
    const path = `${TENANTS}${id}`;
    const other = `${TENANTS}${await addTenant()}`;
    const refusals = [
      await writer.patch(path, {}, { headers: { 'if-match': '"9"' } }),
      await writer.patch(other, { username: tenant.username.toUpperCase() }),
      await writer.patch(path, { business_name: '' }),
      await writer.get(path),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([412, 409, 422, 403]);
    for (const { text } of refusals) {
      expect(text).not.toContain(tenant.business_name);
      expect(text).not.toContain(tenant.username);
    }
  });

  it('as the document says of every call that writes a tenant', () => {
    const answers = client.contract.operations
      .filter(
        ({ operation }) =>
          'x-required-scope' in operation &&
          operation['x-required-scope'] === Scope.TenantsWrite,
      )
      .flatMap(({ method, path, operation }) => {
        const described = JSON.stringify(operation.responses);
        return described.includes(WHOLE)
          ? [{ call: `${method} ${path}`, described }]
          : [];
      });
    expect(answers.map(({ call }) => call).toSorted()).toEqual([
      'patch /api/tenants/{id}',
      'post /api/tenants',
      'post /api/tenants/bin/{id}/restore',
      'post /api/tenants/{id}/activate',
      'post /api/tenants/{id}/suspend',
      'put /api/tenants/{id}',
    ]);
    for (const { described } of answers)
      expect(described).toContain(
        `"anyOf":[{"$ref":"${WHOLE}"},{"$ref":"#/components/schemas/WrittenTenantDto"}]`,
      );
  });
});

describe('a token that is bound to one tenant', () => {
  let id: number;
  let path: string;
  let bound: ApiClient;

  beforeAll(async () => {
    id = await addTenant();
    path = `${TENANTS}${id}`;
    bound = client.as(
      await app.token([Scope.TenantsRead, Scope.TenantsWrite], id),
    );
  });

  it.each(['PUT', 'PATCH'])(
    'cannot change the username by %s',
    async (method) => {
      for (const username of ['another-name', 'x', 'no such name']) {
        const body = { username, business_name: 'Ad da değişmez' };
        const answer = await bound.send(method, path, { body });
        expect([answer.status, answer.problem.code]).toEqual([
          403,
          'INSUFFICIENT_SCOPE',
        ]);
      }
      const { text } = await client.get(path);
      expect(text).not.toMatch(/another-name|Ad da değişmez/);
    },
  );

  it.each(['PUT', 'PATCH'])('may send it as it is by %s', async (method) => {
    const { json } = await bound.get(path);
    const { username } = json as { username: string };
    const whole = method === 'PUT' ? (json as object) : {};
    for (const same of [username, username.toUpperCase(), null, undefined]) {
      const business_name = `Ad ${method} ${same}`;
      const body = { ...whole, username: same, business_name };
      const answer = await bound.send(method, path, { body });
      expect(answer.status).toBe(200);
      expect(answer.json).toMatchObject({ username, business_name });
    }
  });

  it.each(['PUT', 'PATCH'])(
    'learns no name by %s when it may not read: it may send none',
    async (method) => {
      const { json } = await bound.get(path);
      const { username } = json as { username: string };
      const blind = client.as(await app.token([Scope.TenantsWrite], id));
      const answers: string[] = [];
      for (const name of [username, username.toUpperCase(), 'another-name']) {
        const answer = await blind.send(method, path, {
          body: { username: name },
        });
        const { code } = answer.problem;
        answers.push(`${answer.status} ${code}`);
      }
      expect(new Set(answers)).toEqual(new Set(['403 INSUFFICIENT_SCOPE']));
      expectReceipt(
        await blind.send(method, path, { body: { username: null } }),
      );
    },
  );

  it('leaves renaming to tokens that are bound to none', async () => {
    const { status } = await client.patch(path, { username: 'another-name' });
    expect(status).toBe(200);
  });
});
