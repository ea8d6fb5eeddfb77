import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantFactory } from '../factories/tenant.factory.js';
import type { Answer } from '../helpers/answer.js';
import { ApiClient } from '../helpers/api-client.js';
import { sendBytes } from '../helpers/send-request.js';
import {
  Service,
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import { TestDatabase } from '../helpers/test-database.js';
import { Visitor } from '../helpers/visitor.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

const ADMIN = { username: 'yonetici', password: 'Admin-Kanaryasi-4411' };
/** Secrets: these may come back nowhere, and stand in no log. */
const SECRETS = {
  key: 'sk-AnahtarKanaryasi-7788-0001',
  'changed key': 'sk-AnahtarKanaryasi-7788-0002',
  password: 'ParolaKanaryasi-55',
  'changed password': 'ParolaKanaryasi-66',
  'admin password': ADMIN.password,
  'failed password': 'YanlisParolaKanaryasi',
  cookie: 'CerezKanaryasi',
  query: 'SorguKanaryasi',
  path: 'YolKanaryasi',
  header: 'BaslikKanaryasi',
  'refused value': 'RetKanaryasi',
  'encryption key': TEST_ENCRYPTION_KEY.slice(0, -1),
  'secret key': TEST_SECRET_KEY,
};
/** What a tenant's own answers and pages show, and nothing else does. */
const TENANT = {
  username: 'kullanici-kanaryasi',
  business_name: 'Isletme Kanaryasi',
  system_prompt: 'Talimat Kanaryasi: nazik ol.',
};
const FAILED_USERNAME = 'deneme-kanaryasi';
const REQUEST_KEYS = new Set([
  'level',
  'time',
  'request_id',
  'method',
  'route',
  'status',
  'ms',
  'actor',
  'aborted',
  'msg',
]);

type LogLine = Record<string, unknown>;

describe('Nothing leaks', () => {
  let folder: string;
  let service: Service;
  let database: TestDatabase;
  let client: ApiClient;
  let admin: Visitor;
  let path: string;
  let begin: number;
  let token: string;
  const answers: { what: string; answer: Answer }[] = [];
  const pages: typeof answers = [];

  beforeAll(async () => {
    folder = makeWorkspace();
    const file = join(folder, 'test.db');
    service = await Service.start(folder, {
      NODE_ENV: 'production',
      LOG_LEVEL: 'trace',
      DATABASE_URL: `sqlite:///${file}`,
    });
    begin = service.output.stdout.length;
    await service.cli(
      ['admin', 'create', '--username', ADMIN.username],
      ADMIN.password,
    );
    database = new TestDatabase(file);
    token = await service.token();
    client = await ApiClient.of(service, token);
    admin = new Visitor(service.url, { 'x-canary': SECRETS.header });
    await callTheApi();
    await visitThePages();
    await provokeFailures();
  });
  afterAll(async () => {
    await database.close();
    await service.stop();
    removeWorkspace(folder);
  });

  const headers = {
    'x-canary': SECRETS.header,
    'x-request-id': SECRETS.header,
    'user-agent': SECRETS.header,
    referer: `http://x/${SECRETS.header}`,
    cookie: `vr_session=${SECRETS.cookie}; vr_locale=${SECRETS.cookie}; vr_flash=${SECRETS.cookie}`,
  };

  async function api(
    method: string,
    url: string,
    body?: unknown,
  ): Promise<Answer> {
    const answer = await client.send(method, `${url}?q=${SECRETS.query}`, {
      body,
      headers,
    });
    answers.push({ what: `${method} ${url} → ${answer.status}`, answer });
    return answer;
  }

  async function callTheApi(): Promise<void> {
    const input = tenantFactory.build({
      ...TENANT,
      password: SECRETS.password,
      openai_api_key: SECRETS.key,
    });
    const created = await api('POST', '/api/tenants/', input);
    expect(created.status).toBe(201);
    path = String(created.header('location'));
    expect((await api('POST', '/api/tenants/', input)).status).toBe(409);
    await api('GET', '/api/tenants/');
    await api('GET', path);
    await api('PUT', path, { openai_api_key: SECRETS['changed key'] });
    await api('PATCH', path, { password: SECRETS['changed password'] });
    for (const field of [
      'username',
      'password',
      'business_name',
      'openai_api_key',
      'system_prompt',
      'created_at',
      'x',
    ])
      for (const value of [
        `${SECRETS['refused value']}\0 ş`,
        [SECRETS['refused value']],
        { [SECRETS['refused value']]: 1 },
      ])
        for (const [method, url] of [
          ['POST', '/api/tenants/'],
          ['PUT', path],
          ['PATCH', path],
        ] as const) {
          await api(method, url, { [field]: value });
        }
    await api('GET', `/api/tenants/${SECRETS.path}`);
    await api('GET', `/api/${SECRETS.path}`);
    await api('DELETE', '/api/tenants/');
    await api('GET', '/api/openapi.json');
    await api('GET', '/api/docs');
    await api('GET', `/health/${SECRETS.path}`);
    for (const raw of [
      `{"${SECRETS['refused value']}"`,
      '['.repeat(45_000),
      Buffer.from([0xff]),
    ]) {
      const answer = await client.send('POST', '/api/tenants/', {
        raw,
        headers: { ...headers, 'content-type': 'application/json' },
      });
      answers.push({ what: 'malformed', answer });
    }
    for (const authorization of [
      `Bearer ${token}x`,
      `Basic ${SECRETS.header}`,
      `Bearer ${SECRETS.header}`,
    ]) {
      const answer = await client.get('/api/tenants', {
        token: null,
        headers: { ...headers, authorization },
      });
      answers.push({ what: 'unauthenticated', answer });
    }
    for (const bytes of [
      `${SECRETS.header}\r\n\r\n`,
      `GET /${SECRETS.path} HTTP/1.1\r\nHost: x\r\nHost: ${SECRETS.header}\r\nConnection: close\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: x\r\n${SECRETS.header}: \0\r\n\r\n`,
    ])
      answers.push({
        what: 'broken',
        answer: await sendBytes(service.url, bytes),
      });
  }

  async function page(
    method: 'get' | 'post',
    url: string,
    fields?: Record<string, string>,
  ): Promise<Answer> {
    const answer =
      method === 'get' ? await admin.get(url) : await admin.post(url, fields);
    pages.push({ what: `${method} ${url} → ${answer.status}`, answer });
    return answer;
  }

  async function visitThePages(): Promise<void> {
    await page('get', `/?q=${SECRETS.query}`);
    await page('get', '/login');
    expect(
      (
        await page('post', '/login', {
          username: FAILED_USERNAME,
          password: SECRETS['failed password'],
        })
      ).status,
    ).toBe(401);
    expect((await page('post', '/login', ADMIN)).status).toBe(303);
    const url = path.replace('/api', '');
    for (const each of [
      '/',
      '/tenants/new',
      url,
      `${url}/edit`,
      `${url}/delete`,
      `/${SECRETS.path}`,
      `/tenants/${SECRETS.path}`,
      `/?page=${SECRETS.query}`,
    ])
      await page('get', each);
    const secrets = {
      password: SECRETS['refused value'],
      openai_api_key: `${SECRETS['refused value']} ş`,
    };
    expect(
      (await page('post', '/tenants/new', { ...TENANT, ...secrets })).status,
    ).toBe(422);
    expect(
      (await page('post', `${url}/edit`, { ...TENANT, ...secrets })).status,
    ).toBe(422);
    const good = {
      ...TENANT,
      password: SECRETS.password,
      openai_api_key: SECRETS.key,
    };
    expect((await page('post', '/tenants/new', good)).status).toBe(409);
    expect((await page('post', `${url}/edit`, good)).status).toBe(303);
    expect(
      (
        await page('post', `${url}/edit`, {
          ...good,
          _csrf: SECRETS['refused value'],
        })
      ).status,
    ).toBe(403);
  }

  async function provokeFailures(): Promise<void> {
    await database.run('ALTER TABLE tenants RENAME TO away');
    for (const [method, url, body] of [
      ['GET', '/api/tenants/', undefined],
      ['GET', path, undefined],
      [
        'POST',
        '/api/tenants/',
        tenantFactory.build({
          ...TENANT,
          password: SECRETS.password,
          openai_api_key: SECRETS.key,
        }),
      ],
      ['PATCH', path, { openai_api_key: SECRETS.key }],
      ['DELETE', path, undefined],
    ] as const)
      expect((await api(method, url, body)).status).toBe(500);
    expect((await page('get', '/')).status).toBe(500);
    await database.run('ALTER TABLE away RENAME TO tenants');
    expect((await api('GET', path)).status).toBe(200);
  }

  function logLines(): LogLine[] {
    return service.output.stdout
      .slice(begin)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);
  }

  it('has been tried with many answers of every kind', () => {
    const statuses = new Set(
      [...answers, ...pages].map(({ answer }) => answer.status),
    );
    for (const status of [
      200, 201, 303, 400, 401, 403, 404, 405, 409, 422, 500,
    ])
      expect(statuses).toContain(status);
    expect(answers.length + pages.length).toBeGreaterThan(90);
    expect(logLines().length).toBeGreaterThan(90);
  });

  it.each(Object.entries(SECRETS))(
    'the %s comes back in no answer and no page',
    (_name, secret) => {
      const leaks = [...answers, ...pages]
        .filter(({ answer }) => found(withoutWayBack(answer), secret))
        .map(({ what }) => what);
      expect(leaks).toEqual([]);
    },
  );

  it.each(
    Object.entries({
      ...SECRETS,
      ...TENANT,
      'failed username': FAILED_USERNAME,
    }),
  )('the %s stands in no log line', (_name, text) => {
    const { stdout, stderr } = service.output;
    const lines = `${stdout}\n${stderr}`.split('\n');
    expect(lines.filter((line) => found(line, text))).toEqual([]);
  });

  it('API tokens, sessions and CSRF tokens stand nowhere but where they are given out', () => {
    const session = admin.cookies.get('vr_session') ?? '';
    expect(session.length).toBeGreaterThan(60);
    for (const secret of [
      token,
      token.slice(12),
      session,
      session.split('.')[0] ?? '',
      admin.csrfToken,
    ])
      expect(found(service.output.stdout + service.output.stderr, secret)).toBe(
        false,
      );
    for (const { answer } of [...answers, ...pages]) {
      expect(found(answer.everything, token.slice(12))).toBe(false);
      expect(found(answer.text, session)).toBe(false);
    }
    for (const { answer } of answers)
      expect(found(answer.everything, admin.csrfToken)).toBe(false);
  });

  it('hashes and ciphertexts stand in no answer, page or log', async () => {
    const [row] = await database.all<{
      password_hash: string;
      openai_api_key: string;
      openai_api_key_mac: string;
    }>('SELECT * FROM tenants');
    const everything = [
      service.output.stdout,
      ...[...answers, ...pages].map(({ answer }) => answer.everything),
    ].join('\n');
    for (const text of [
      row?.password_hash,
      row?.openai_api_key,
      row?.openai_api_key_mac,
      '$2b$',
      'gAAAA',
    ]) {
      expect(text).toBeTruthy();
      expect(everything).not.toContain(text);
    }
  });

  it('what a tenant shows is in its own answers alone', () => {
    const own = /^(?:GET|POST|PUT|PATCH) \/api\/tenants\/(?:\d+)? → 20[01]$/;
    const others = [
      ...answers.filter(({ what }) => !own.test(what)),
      ...pages.filter(({ what }) =>
        /login|→ (?:303|403|404|405|500)/.test(what),
      ),
    ];
    expect(others.length).toBeGreaterThan(80);
    const leaks = others.filter(({ answer }) =>
      Object.values(TENANT).some((text) => found(answer.everything, text)),
    );
    expect(leaks.map(({ what }) => what)).toEqual([]);
  });

  it('every log line is one JSON object, and nothing is on stderr', () => {
    expect(service.output.stderr).toBe('');
    for (const line of logLines()) {
      expect(line).toMatchObject({
        level: expect.any(String) as string,
        time: expect.any(String) as string,
      });
      expect(new Date(String(line.time)).toISOString()).toBe(line.time);
    }
  });

  it('request lines have only allow-listed keys, and route patterns instead of paths', () => {
    const lines = logLines().filter(({ msg }) => msg === 'request');
    expect(lines.length).toBeGreaterThan(90);
    for (const line of lines) {
      for (const key of Object.keys(line)) expect(REQUEST_KEYS).toContain(key);
      expect(line).toMatchObject({
        request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        method: expect.any(String) as string,
        status: expect.any(Number) as number,
        ms: expect.any(Number) as number,
      });
    }
    const routes = new Set(lines.map(({ route }) => route));
    expect(routes).toContain('/api/tenants/:id');
    expect(JSON.stringify([...routes])).not.toMatch(/\d|\?/);
    const actors = new Set(lines.map(({ actor }) => actor));
    expect(actors).toContain(`token:${token.slice(3, 11)}`);
    expect(actors).toContain('admin:1');
  });

  it('a failure inside is INTERNAL_ERROR with a request id that the log has, and nothing of the inside', () => {
    const failed = [...answers, ...pages].filter(
      ({ answer }) => answer.status === 500,
    );
    expect(failed.length).toBe(6);
    const lines = logLines();
    for (const { answer } of failed) {
      const id = answer.header('x-request-id');
      expect(lines).toContainEqual(
        expect.objectContaining({
          level: 'error',
          request_id: id,
          code: 'INTERNAL_ERROR',
        }),
      );
      expect(lines).toContainEqual(
        expect.objectContaining({
          msg: 'request',
          request_id: id,
          status: 500,
        }),
      );
      expect(answer.everything).not.toMatch(
        /sqlite|no such table|tenants\b.*column|typeorm|node_modules|\.js:|\bat \w+ \(/i,
      );
    }
    const problems = failed.filter(({ what }) => what.includes('/api/'));
    expect(problems.length).toBe(5);
    for (const { answer } of problems) {
      expect(answer.problem).toMatchObject({
        code: 'INTERNAL_ERROR',
        title: 'Sunucu hatası',
      });
      expect(Object.keys(answer.problem).toSorted()).toEqual([
        'code',
        'detail',
        'request_id',
        'status',
        'title',
        'type',
      ]);
    }
  });

  it('the log of a failure tells an operator what it was', () => {
    const [failure] = logLines().filter(
      ({ code }) => code === 'INTERNAL_ERROR',
    );
    expect(failure).toMatchObject({ error: { name: 'QueryFailedError' } });
    expect(JSON.stringify(failure)).toContain('SQLITE_ERROR');
  });
});

function found(text: string, needle: string): boolean {
  return text.toLowerCase().includes(needle.toLowerCase());
}

/** The language switch leads back to the page that it is on: its field holds that path and no more. */
function withoutWayBack({ everything }: Answer): string {
  return everything.replaceAll(/<input[^>]*name="back"[^>]*>/g, '');
}
