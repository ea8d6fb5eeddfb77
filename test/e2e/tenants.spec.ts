import { compare } from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../helpers/answer.js';
import { ApiClient } from '../helpers/api-client.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';
import { tenantFactory } from '../factories/tenant.factory.js';

const ISO_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const DEFAULT_PROMPT =
  'Sen bir sanal resepsiyonistsin. Müşterilere profesyonel ve nazik bir şekilde yardımcı oluyorsun.';

describe('/api/tenants', () => {
  let app: TestApp;
  let client: ApiClient;
  let database: TestDatabase;
  let path: string;

  beforeAll(async () => {
    app = await TestApp.start();
    database = new TestDatabase(app.databaseFile);
    client = await ApiClient.of(app, await app.token());
    path = String(
      (await client.post('/api/tenants/', tenantFactory.build())).headers
        .location,
    );
  });
  afterAll(async () => {
    await database.close();
    await app.stop();
  });

  describe('POST', () => {
    it('creates a tenant and says where it is', async () => {
      const input = tenantFactory.build({
        openai_api_key: 'sk-test-0123456789-wXyZ',
      });
      const answer = await client.post('/api/tenants/', input);
      expect(answer.status).toBe(201);
      const { tenant } = answer;
      expect(tenant).toEqual({
        id: expect.any(Number) as number,
        username: input.username,
        business_name: input.business_name,
        system_prompt: DEFAULT_PROMPT,
        status: 'active',
        openai_api_key_hint: 'wXyZ',
        openai_api_key_state: 'ok',
        version: 1,
        created_at: expect.stringMatching(ISO_UTC) as string,
        updated_at: null,
      });
      expect(Date.now() - Date.parse(tenant.created_at ?? '')).toBeLessThan(
        10_000,
      );
      const location = String(answer.header('location'));
      expect(location).toMatch(new RegExp(`^/api/tenants/${tenant.id}/?$`));
      expect((await client.get(location)).tenant).toEqual(tenant);
      expect(answer.header('cache-control')).toBe('no-store');
    });

    it('folds the username, keeps everything else as it was sent, and hashes the NFC form of the password', async () => {
      const username = `Klinik.${Date.now()}`;
      const input = tenantFactory.build({
        username: username.toUpperCase(),
        password: 'gizli-s\u0327ifre-i\u0307',
        business_name:
          ' \u00dcnl\u00fc & O\u011ful <b>"İşletme"</b> \u{1F9B7} ',
        system_prompt: '  Satır 1\r\n\tSatır 2\n\u2028e\u0301 \u{1F9B7}  ',
      });
      const { tenant } = await client.post('/api/tenants', input);
      expect(tenant.username).toBe(username.toLowerCase());
      expect(tenant.business_name).toBe(input.business_name);
      expect(tenant.system_prompt).toBe(input.system_prompt);
      const row = await database.tenant(tenant.id);
      expect(row.password_hash).toMatch(/^\$2b\$04\$/);
      const nfc = input.password.normalize('NFC');
      expect(nfc).not.toBe(input.password);
      expect(await compare(nfc, row.password_hash)).toBe(true);
      expect(await compare(input.password, row.password_hash)).toBe(false);
      expect(row.openai_api_key).toMatch(/^gAAAA/);
    });

    it('takes every field at its longest, measured in code points and bytes', async () => {
      const input = {
        username: `${'u'.repeat(86)}${Date.now()}z`,
        password: '\u015f'.repeat(36),
        business_name: '\u{1F9B7}'.repeat(255),
        openai_api_key: 'k'.repeat(512),
        system_prompt: '\u{1F9B7}'.repeat(32_000),
      };
      expect(input.username).toHaveLength(100);
      const { status, tenant } = await client.post('/api/tenants/', input);
      expect(status).toBe(201);
      expect(tenant.business_name).toBe(input.business_name);
      expect(tenant.system_prompt).toBe(input.system_prompt);
    });

    it('takes every field at its shortest', async () => {
      const input = {
        username: 'a-1',
        password: '\u{1F9B7}\u015f1234',
        business_name: '\u{1F9B7}',
        openai_api_key: '!"#$%&\'()*+,-./~[]{}',
        system_prompt: '\u{1F9B7}'.repeat(10),
      };
      const { status, tenant } = await client.post('/api/tenants/', input);
      expect(status).toBe(201);
      expect(tenant.openai_api_key_hint).toBe('[]{}');
    });

    it('refuses a taken name in any case, in both languages', async () => {
      const { username } = (await client.get(path)).tenant;
      const input = tenantFactory.build({ username: username.toUpperCase() });
      const turkish = await client.post('/api/tenants/', input);
      expect(turkish.status).toBe(409);
      expect(turkish.problem).toMatchObject({
        code: 'USERNAME_TAKEN',
        detail: 'Bu kullanıcı adı zaten kullanılıyor',
      });
      const english = await client.post('/api/tenants/', input, {
        headers: { 'accept-language': 'en' },
      });
      expect(english.problem.code).toBe('USERNAME_TAKEN');
      expect(english.problem.detail).not.toBe(turkish.problem.detail);
    });

    it('lets exactly one of several equal creates win', async () => {
      const input = tenantFactory.build();
      const statuses = await Promise.all(
        [input.username, input.username.toUpperCase(), input.username].map(
          async (username) =>
            (await client.post('/api/tenants/', { ...input, username })).status,
        ),
      );
      expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
    });

    it('answers the same with and without a trailing slash', async () => {
      for (const url of ['/api/tenants', '/api/tenants/'])
        expect((await client.post(url, {})).status).toBe(422);
    });
  });

  describe('GET of one', () => {
    it.each(['', '/'])('answers with "%s" at the end', async (end) => {
      const answer = await client.get(path + end);
      expect(answer.status).toBe(200);
      expect(`/api/tenants/${answer.tenant.id}`).toBe(path);
    });

    it('answers HEAD with the same headers and no body', async () => {
      const [get, head] = [
        await client.get(path),
        await client.send('HEAD', path),
      ];
      expect(head.status).toBe(200);
      expect(head.text).toBe('');
      expect(head.header('content-length')).toBe(get.header('content-length'));
      expect(head.header('content-type')).toBe(get.header('content-type'));
    });

    it('answers HEAD of what does not exist with 404 and no body', async () => {
      const { status, text } = await client.send('HEAD', '/api/tenants/999999');
      expect([status, text]).toEqual([404, '']);
    });

    it('knows no tenant that does not exist, in both languages', async () => {
      const turkish = await client.get('/api/tenants/999999');
      expect(turkish.status).toBe(404);
      expect(turkish.problem).toMatchObject({
        code: 'TENANT_NOT_FOUND',
        detail: 'Müşteri bulunamadı',
      });
      expect(turkish.header('content-language')).toBe('tr');
      const english = await client.get('/api/tenants/999999', {
        headers: { 'accept-language': 'en-GB,en;q=0.9,tr;q=0.5' },
      });
      expect(english.header('content-language')).toBe('en');
      expect(english.problem.detail).toBe('Tenant not found');
    });
  });

  describe.each(['PUT', 'PATCH'])('%s', (method) => {
    const send = (body: unknown, url = path): Promise<Answer> =>
      client.send(method, url, { body });

    it.each([
      ['business_name', 'Yeni Ad \u{1F9B7}'],
      ['system_prompt', 'Satır\r\nSatır ve\tsekme'],
      ['business_name', ' boşluklu '],
    ])('changes only %s', async (field, value) => {
      const before = (await client.get(path)).tenant;
      const changed = `${value}${method}`;
      const { status, tenant } = await send({ [field]: changed });
      expect(status).toBe(200);
      expect(tenant).toEqual({
        ...before,
        [field]: changed,
        version: before.version + 1,
        updated_at: expect.stringMatching(ISO_UTC) as string,
      });
      expect((await client.get(path)).tenant).toEqual(tenant);
    });

    it('changes the key and its hint', async () => {
      const before = (await client.get(path)).tenant;
      const { tenant } = await send({
        openai_api_key: `sk-test-0123456789-${method.padStart(5, '-')}`,
      });
      expect(tenant.openai_api_key_hint).toBe(
        method.padStart(5, '-').slice(-4),
      );
      expect(tenant.openai_api_key_state).toBe('ok');
      expect(tenant.version).toBe(before.version + 1);
    });

    it('changes the password alone', async () => {
      const { id } = (await client.get(path)).tenant;
      const before = await database.tenant(id);
      const { tenant } = await send({ password: `yeni-parola-${method}` });
      const after = await database.tenant(id);
      expect(tenant.version).toBe(before.version + 1);
      expect(await compare(`yeni-parola-${method}`, after.password_hash)).toBe(
        true,
      );
      expect(after.openai_api_key).toBe(before.openai_api_key);
    });

    it.each([
      ['{}', {}],
      [
        'nulls',
        {
          username: null,
          password: null,
          business_name: null,
          openai_api_key: null,
          system_prompt: null,
        },
      ],
    ])('leaves everything as it is for %s', async (_name, body) => {
      const { tenant: before } = await client.get(path);
      const row = await database.tenant(before.id);
      const { status, tenant } = await send(body);
      expect(status).toBe(200);
      expect(tenant).toEqual(before);
      expect(await database.tenant(before.id)).toEqual(row);
    });

    it('does not count sending what is already there as a change', async () => {
      const { tenant: before } = await client.get(path);
      const { username, business_name, system_prompt } = before;
      const body = {
        username: username.toUpperCase(),
        business_name,
        system_prompt,
      };
      expect((await send(body)).tenant).toEqual(before);
    });

    it('renames to a free name, folded, and frees the old one', async () => {
      const { tenant: before } = await client.get(path);
      const { username } = tenantFactory.build();
      const { status, tenant } = await send({
        username: username.toUpperCase(),
      });
      expect(status).toBe(200);
      expect(tenant.username).toBe(username);
      expect((await send({ username: before.username })).tenant.username).toBe(
        before.username,
      );
    });

    it('refuses the name of somebody else and changes nothing', async () => {
      const { tenants } = await client.get('/api/tenants/?limit=2');
      const [first, second] = tenants;
      const answer = await send(
        { username: first?.username.toUpperCase(), business_name: 'x' },
        `/api/tenants/${second?.id}`,
      );
      expect(answer.status).toBe(409);
      expect(answer.problem.code).toBe('USERNAME_TAKEN');
      expect((await client.get(`/api/tenants/${second?.id}`)).tenant).toEqual(
        second,
      );
    });

    it('knows no tenant that does not exist', async () => {
      const { status, problem } = await send(
        { business_name: 'x' },
        '/api/tenants/999999',
      );
      expect([status, problem.code]).toEqual([404, 'TENANT_NOT_FOUND']);
    });

    it('answers with a trailing slash', async () => {
      expect((await send({}, `${path}/`)).status).toBe(200);
    });
  });

  it('takes the body of a GET back by PUT, and refuses it by PATCH', async () => {
    const { tenant: before } = await client.get(path);
    const body = { ...before, business_name: `${before.business_name}!` };
    const put = await client.put(path, body);
    expect(put.status).toBe(200);
    expect(put.tenant).toMatchObject({
      id: before.id,
      business_name: body.business_name,
      version: before.version + 1,
      created_at: before.created_at,
    });
    const patch = await client.patch(path, body);
    expect(patch.status).toBe(422);
    expect(patch.faults.map(([pointer]) => pointer)).toEqual(
      expect.arrayContaining(['/id', '/status', '/version', '/created_at']),
    );
  });

  it('does not let a PUT set what only goes out', async () => {
    const { tenant: before } = await client.get(path);
    const { status, tenant } = await client.put(path, {
      id: 77,
      status: 'deleted',
      version: 900,
      created_at: 'never',
      updated_at: [1],
      openai_api_key_hint: 'ABCD',
      openai_api_key_state: 'missing',
    });
    expect(status).toBe(200);
    expect(tenant).toEqual(before);
  });

  it('lets concurrent updates of different fields all take effect', async () => {
    const { tenant: before } = await client.get(path);
    const { username } = tenantFactory.build();
    const bodies = [
      { business_name: 'Eşzamanlı Ad' },
      { system_prompt: 'Eşzamanlı talimat' },
      { username },
      { openai_api_key: 'sk-test-0123456789-conc' },
      { password: 'es-zamanli-parola' },
    ];
    const answers = await Promise.all(
      bodies.map((body) => client.patch(path, body)),
    );
    expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 200));
    const { tenant } = await client.get(path);
    expect(tenant).toMatchObject({
      business_name: 'Eşzamanlı Ad',
      system_prompt: 'Eşzamanlı talimat',
      username,
      openai_api_key_hint: 'conc',
      version: before.version + bodies.length,
    });
    const { password_hash } = await database.tenant(tenant.id);
    expect(await compare('es-zamanli-parola', password_hash)).toBe(true);
    const versions = answers.map((answer) => answer.tenant.version);
    expect(versions.toSorted((a, b) => a - b)).toEqual(
      bodies.map((_, index) => before.version + index + 1),
    );
  });

  describe('DELETE', () => {
    it('answers 204 without a body, and never gives the id to another', async () => {
      const { tenant } = await client.post(
        '/api/tenants/',
        tenantFactory.build(),
      );
      const url = `/api/tenants/${tenant.id}`;
      const answer = await client.delete(url);
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(answer.header('content-type')).toBeUndefined();
      for (const method of ['GET', 'DELETE'])
        expect((await client.send(method, url)).status).toBe(404);
      for (const method of ['PUT', 'PATCH'])
        expect((await client.send(method, url, { body: {} })).status).toBe(404);
      const again = tenantFactory.build({ username: tenant.username });
      const next = await client.post('/api/tenants/', again);
      expect(next.tenant.id).toBeGreaterThan(tenant.id);
      expect(
        (await client.delete(`/api/tenants/${next.tenant.id}/`)).status,
      ).toBe(204);
    });
  });

  it('keeps rows of the old application that break the rules readable and changeable elsewhere', async () => {
    const id = await database.insertLegacyTenant({
      username: 'Eski Kullanıcı ',
      business_name: '   ',
      system_prompt: 'kısa',
    });
    const url = `/api/tenants/${id}`;
    const { tenant } = await client.get(url);
    expect(tenant).toMatchObject({
      username: 'Eski Kullanıcı ',
      business_name: '   ',
      system_prompt: 'kısa',
      openai_api_key_state: 'missing',
      openai_api_key_hint: null,
      version: 1,
    });
    const put = await client.put(url, { ...tenant, business_name: 'Yeni' });
    expect(put.status).toBe(200);
    expect(put.tenant).toMatchObject({
      username: 'Eski Kullanıcı ',
      business_name: 'Yeni',
    });
    expect(
      (await client.patch(url, { system_prompt: 'kısa2' })).faults,
    ).toEqual([['/system_prompt', 'TOO_SHORT']]);
    expect((await client.delete(url)).status).toBe(204);
  });
});
