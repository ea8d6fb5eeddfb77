import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantFactory } from '../factories/tenant.factory.js';
import { ApiClient } from '../helpers/api-client.js';
import { CANARY } from '../helpers/hostile-values.js';
import { sendRequest } from '../helpers/send-request.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

describe('Hostile URLs', () => {
  let app: TestApp;
  let client: ApiClient;

  beforeAll(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app, await app.token());
    await client.post('/api/tenants/', tenantFactory.build());
    const database = new TestDatabase(app.databaseFile);
    for (let index = 2; index <= 7; index += 1)
      await database.insertLegacyTenant({ username: `eski-${index}` });
    await database.close();
  });
  afterAll(() => app.stop());

  describe.each(['GET', 'PUT', 'PATCH', 'DELETE'])('ids of %s', (method) => {
    it.each([
      '0',
      '-1',
      '+1',
      '%2B1',
      '01',
      '1e0',
      '1e3',
      '0x1',
      '0b1',
      '0o1',
      '1.0',
      '1.',
      '.1',
      '1_0',
      '1n',
      '%201',
      '1%20',
      '%091',
      '1%0A',
      '1%00',
      '%00',
      '%001',
      '%ff',
      '%FE%FF',
      '%zz',
      '%',
      '%1',
      '1%zz',
      '%c0%b1',
      '%D9%A1',
      '%EF%BC%91',
      '%C2%B9',
      '%E2%85%A0',
      '1%E2%80%8B',
      'NaN',
      'Infinity',
      'null',
      'undefined',
      'true',
      '2147483647',
      '2147483648',
      '4294967297',
      '9007199254740991',
      '9007199254740992',
      '9007199254740993',
      '9223372036854775807',
      '9223372036854775808',
      '18446744073709551617',
      `1${'0'.repeat(30)}`,
      '9'.repeat(400),
      '1'.repeat(8_000),
      '1,2',
      '1;2',
      '1:2',
      '[1]',
      '%5B%5D',
      '1*',
      '$1',
      '{id}',
      ':id',
      '..%2f1',
      '%2e%2e%2f1',
      '1%2f',
      '1%5c',
      '1%2Fedit',
      '1%3F',
      '1%23',
      '__proto__',
      'constructor',
      'new',
      CANARY,
      "1'--",
      '1%20OR%201=1',
      '(1)',
      'admin',
    ])('answers 404 to %s', async (id) => {
      const answer = await client.send(method, `/api/tenants/${id}`, {
        ...(method.startsWith('P') && { body: { business_name: CANARY } }),
      });
      expect([answer.status, answer.problem.code]).toEqual([
        404,
        'TENANT_NOT_FOUND',
      ]);
      expect(answer.everything).not.toContain(CANARY);
    });

    it('answers 404 to what is more than an id', async () => {
      for (const rest of ['1/edit', '1//', '1/2', '1/%00']) {
        const answer = await client.send(method, `/api/tenants/${rest}`, {
          ...(method.startsWith('P') && { body: {} }),
        });
        expect([answer.status, answer.problem.code]).toEqual([
          404,
          'ROUTE_NOT_FOUND',
        ]);
      }
    });
  });

  it('has lost no tenant', async () => {
    expect((await client.get('/api/tenants/')).header('x-total-count')).toBe(
      '7',
    );
  });

  describe('list parameters', () => {
    const BAD = [
      '',
      '%20',
      '1%20',
      '%201',
      '-1',
      '+1',
      '%2B1',
      '-0',
      '01',
      '00',
      '1e1',
      '1E1',
      '0x1',
      '0b1',
      '1.0',
      '1.5',
      '.5',
      '1,0',
      '1_0',
      '1n',
      'NaN',
      'Infinity',
      'null',
      'undefined',
      'true',
      'abc',
      CANARY,
      '%00',
      '1%00',
      '%0A1',
      '%ff',
      '%zz',
      '%D9%A1',
      '%EF%BC%91',
      '[]',
      '{}',
      '%5B1%5D',
      "1'",
      '1;2',
    ];

    it.each(
      ['skip', 'limit'].flatMap((name) =>
        BAD.map((value) => [name, value] as const),
      ),
    )('refuses %s=%s', async (name, value) => {
      for (const path of ['/api/tenants', '/api/tenants/']) {
        const answer = await client.get(`${path}?${name}=${value}`);
        expect(answer.status).toBe(422);
        expect(answer.faults).toEqual([[`/${name}`, 'INVALID_FORMAT']]);
        expect(answer.everything).not.toContain(CANARY);
        expect(answer.problem.errors?.[0]?.message).toContain(name);
      }
    });

    it.each([
      ['limit', '0'],
      ['limit', '501'],
      ['limit', '2147483648'],
      ['limit', '9007199254740993'],
      ['limit', `1${'0'.repeat(30)}`],
      ['limit', '9'.repeat(400)],
      ['skip', '9007199254740993'],
      ['skip', '9223372036854775808'],
      ['skip', `1${'0'.repeat(30)}`],
      ['skip', '9'.repeat(400)],
    ])('refuses %s=%s as out of range', async (name, value) => {
      const answer = await client.get(`/api/tenants/?${name}=${value}`);
      expect(answer.status).toBe(422);
      expect(answer.faults).toEqual([[`/${name}`, 'OUT_OF_RANGE']]);
    });

    it.each([
      'limit=1&limit=1',
      'limit=1&limit=2',
      'limit=&limit=',
      'limit=1&%6Cimit=1',
    ])('refuses repeated %s', async (query) => {
      expect((await client.get(`/api/tenants/?${query}`)).faults).toEqual([
        ['/limit', 'INVALID_FORMAT'],
      ]);
    });

    it('names both when both are bad', async () => {
      const { faults } = await client.get('/api/tenants/?skip=-1&limit=0');
      expect(faults).toEqual([
        ['/skip', 'INVALID_FORMAT'],
        ['/limit', 'OUT_OF_RANGE'],
      ]);
    });

    it.each([
      'x=1',
      'limit[]=0',
      'limit%5B%5D=0',
      'limit[0]=x',
      'limit[$gt]=',
      'Limit=0',
      'LIMIT=x',
      'offset=-1',
      '__proto__=1',
      '__proto__[limit]=1',
      'constructor=1',
      'limit%00=0',
      ' limit=0'.replace(' ', '%20'),
      '=1',
      '&&&',
      '?limit=0',
      `q=${CANARY}`,
      '%zz=%zz',
      'access_token=vr_x',
    ])('ignores %s', async (query) => {
      const answer = await client.get(`/api/tenants/?${query}`);
      expect([answer.status, answer.tenants.length]).toEqual([200, 7]);
      expect(answer.everything).not.toContain(CANARY);
    });

    it.each([
      ['', [1, 2, 3, 4, 5, 6, 7], { first: [0, 100], last: [0, 100] }],
      ['limit=3', [1, 2, 3], { first: [0, 3], next: [3, 3], last: [6, 3] }],
      [
        'skip=3&limit=3',
        [4, 5, 6],
        { first: [0, 3], prev: [0, 3], next: [6, 3], last: [6, 3] },
      ],
      ['skip=6&limit=3', [7], { first: [0, 3], prev: [3, 3], last: [6, 3] }],
      [
        'skip=2&limit=3',
        [3, 4, 5],
        { first: [0, 3], prev: [0, 3], next: [5, 3], last: [6, 3] },
      ],
      ['skip=7', [], { first: [0, 100], prev: [0, 100], last: [0, 100] }],
      ['skip=900&limit=2', [], { first: [0, 2], prev: [6, 2], last: [6, 2] }],
      [
        'skip=0&limit=500',
        [1, 2, 3, 4, 5, 6, 7],
        { first: [0, 500], last: [0, 500] },
      ],
      ['limit=%37', [1, 2, 3, 4, 5, 6, 7], { first: [0, 7], last: [0, 7] }],
      [
        'skip=2147483647&limit=1',
        [],
        { first: [0, 1], prev: [6, 1], last: [6, 1] },
      ],
    ])('pages by ?%s', async (query, ids, links) => {
      const answer = await client.get(`/api/tenants/?${query}`);
      expect(answer.tenants.map(({ id }) => id)).toEqual(ids);
      expect(answer.header('x-total-count')).toBe('7');
      const found = (answer.header('link') ?? '').split(', ').map((link) => {
        const match =
          /^<\/api\/tenants\/?\?skip=(\d+)&limit=(\d+)>; rel="(\w+)"$/.exec(
            link,
          );
        return [match?.[3], [Number(match?.[1]), Number(match?.[2])]] as const;
      });
      expect(Object.fromEntries(found)).toEqual(links);
    });

    it('gives every tenant once to whoever follows next', async () => {
      const seen: number[] = [];
      let next: string | undefined = '/api/tenants/?limit=2';
      while (next !== undefined) {
        const answer = await client.get(next);
        seen.push(...answer.tenants.map(({ id }) => id));
        next = /<([^>]+)>; rel="next"/.exec(answer.header('link') ?? '')?.[1];
      }
      expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
    });

    it('answers HEAD with the headers of GET', async () => {
      const answer = await client.send('HEAD', '/api/tenants/?limit=2');
      expect([answer.status, answer.text]).toEqual([200, '']);
      expect(answer.header('x-total-count')).toBe('7');
      expect(answer.header('link')).toContain('rel="next"');
    });
  });

  describe('methods', () => {
    it.each(
      [
        [
          '/api/tenants',
          'GET, HEAD, POST',
          [
            'PUT',
            'PATCH',
            'DELETE',
            'OPTIONS',
            'TRACE',
            'PROPFIND',
            'SEARCH',
            'LOCK',
          ],
        ],
        ['/api/tenants/', 'GET, HEAD, POST', ['PUT', 'PATCH', 'DELETE']],
        [
          '/api/tenants/1',
          'DELETE, GET, HEAD, PATCH, PUT',
          ['POST', 'OPTIONS', 'TRACE', 'COPY', 'MOVE'],
        ],
        ['/api/tenants/x', 'DELETE, GET, HEAD, PATCH, PUT', ['POST']],
        ['/api/docs', 'GET, HEAD', ['POST', 'DELETE', 'OPTIONS']],
        ['/api/openapi.json', 'GET, HEAD', ['POST', 'PUT']],
        ['/health', 'GET, HEAD', ['POST', 'DELETE', 'OPTIONS', 'TRACE']],
        ['/health/live/', 'GET, HEAD', ['POST']],
        ['/health/ready', 'GET, HEAD', ['PUT']],
      ].flatMap(([path, allow, methods]) =>
        [methods]
          .flat()
          .map(
            (method) => [String(method), String(path), String(allow)] as const,
          ),
      ),
    )('answers 405 to %s %s', async (method, path, allow) => {
      for (const call of [{}, { body: { x: CANARY } }]) {
        const answer = await client.send(method, path, call);
        expect([answer.status, answer.problem.code]).toEqual([
          405,
          'METHOD_NOT_ALLOWED',
        ]);
        expect(answer.header('allow')?.split(', ').toSorted().join(', ')).toBe(
          allow,
        );
        expect(answer.everything).not.toContain(CANARY);
      }
    });

    it('lets no header or parameter choose another method', async () => {
      const headers = {
        'x-http-method-override': 'DELETE',
        'x-method-override': 'DELETE',
      };
      expect(
        (await client.get('/api/tenants/1?_method=DELETE', { headers })).status,
      ).toBe(200);
      expect((await client.get('/api/tenants/1')).status).toBe(200);
    });
  });

  describe('paths', () => {
    it.each([
      '/api',
      '/api/',
      '/api//',
      '/api/tenant',
      '/api/Tenants',
      '/api/TENANTS/1',
      '/api/tenants/1/x',
      '/api//tenants',
      '/api/tenants//',
      '/api/tenants//1',
      '/api/./tenants',
      '/api/../health',
      '/api/%2e%2e/health',
      '/api/..%2fhealth',
      '/api/tenants/../../etc/passwd',
      '/api/tenants/%2e%2e/%2e%2e/etc/passwd',
      '/api/..%5c..%5cwindows',
      '/api/%74enants%2F1',
      '/api/tenants%2f1',
      '/api/%00',
      '/api/%zz',
      '/api/%ff',
      `/api/${CANARY}?${CANARY}=${CANARY}`,
      '/api/docs/x',
      '/api/openapi.json/x',
      '/api/openapi.yaml',
      '/api/v1/tenants',
      '/api/__proto__',
      '/api/constructor',
      '/api/graphql',
      '/api/.env',
      '/api/;/tenants',
      '/api/tenants;x=1',
      '/api/tenants%20',
      '/api/tenants.json',
      `/api/${'x'.repeat(8_000)}`,
      '/health/x',
      '/health//',
      '/health/ready/x',
      '/health/LIVE',
    ])('answers 404 to %s', async (path) => {
      const answer = await client.get(path);
      expect([answer.status, answer.problem.code]).toEqual([
        404,
        'ROUTE_NOT_FOUND',
      ]);
      expect(answer.everything).not.toContain(CANARY);
      const english = await client.get(path, {
        headers: { 'accept-language': 'en' },
      });
      expect(english.problem.detail).not.toBe(answer.problem.detail);
    });

    it.each([
      '/API/tenants',
      '/Api/tenants/1',
      '//api/tenants',
      '///api',
      '//api/docs',
      '/%61pi/tenants/',
      '/%2561pi/tenants/',
      '/%41PI/openapi.json',
      '/./api/tenants',
      '/%2e/api/tenants',
      '/\\api/tenants',
      '/%5capi%5ctenants',
      '/tenants/../api/tenants',
      '/api%2ftenants',
      '/%25252561pi/tenants',
      '/%2525252525252561pi',
      '/%61pi/%zz',
      '/%61pi/%c3',
      '/%zz/../%61pi',
    ])('knows no other spelling of the API: %s', async (path) => {
      for (const token of [client.token, null])
        for (const method of ['GET', 'POST']) {
          const answer = await client.send(method, path, { token });
          expect([answer.status, answer.problem.code]).toEqual([
            404,
            'ROUTE_NOT_FOUND',
          ]);
        }
    });

    it.each(['/apix', '/x/api', '/HEALTH'])(
      'lets no token in by %s',
      async (path) => {
        const answer = await sendRequest(app.url, {
          path,
          headers: { authorization: `Bearer ${client.token}` },
        });
        expect(answer.status).toBe(303);
        expect(answer.header('location')).toBe('/login');
        expect(answer.text).not.toContain('eski-2');
      },
    );

    it('takes an absolute request target as the path that it has', async () => {
      const { status, tenant } = await client.get('/api/tenants/2');
      const absolute = await sendRequest(app.url, {
        path: 'http://evil.example/api/tenants/2',
        headers: { authorization: `Bearer ${client.token}` },
      });
      expect(status).toBe(200);
      expect([absolute.status, absolute.tenant]).toEqual([200, tenant]);
      expect(absolute.everything).not.toContain('evil.example');
    });
  });

  describe('spoofed origins', () => {
    const EVIL = 'evil.example';
    const SPOOFED = {
      host: EVIL,
      'x-forwarded-host': EVIL,
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '8443',
      'x-forwarded-prefix': `//${EVIL}`,
      'x-forwarded-for': '203.0.113.9',
      'x-original-url': `/${EVIL}`,
      'x-rewrite-url': `/${EVIL}`,
      forwarded: `host=${EVIL};proto=https`,
      referer: `https://${EVIL}/`,
      origin: `https://${EVIL}`,
      'x-request-id': CANARY,
      'x-correlation-id': CANARY,
    };

    it('never reach Location, Link or anything else of an answer', async () => {
      const answers = [
        await client.post('/api/tenants/', tenantFactory.build(), {
          headers: SPOOFED,
        }),
        await client.get('/api/tenants/?limit=2', { headers: SPOOFED }),
        await client.get('/api/tenants/999', { headers: SPOOFED }),
        await client.get('/api/docs', { headers: SPOOFED }),
        await client.get('/api/openapi.json', { headers: SPOOFED }),
        await sendRequest(app.url, { path: '/', headers: SPOOFED }),
        await sendRequest(app.url, { path: '/login', headers: SPOOFED }),
        await sendRequest(app.url, {
          path: '//evil.example/%2f..',
          headers: SPOOFED,
        }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([
        201, 200, 404, 200, 200, 303, 200, 303,
      ]);
      for (const answer of answers) {
        expect(answer.everything).not.toContain(EVIL);
        expect(answer.everything).not.toContain(CANARY);
      }
      expect(answers[0]?.header('location')).toMatch(/^\/api\/tenants\/\d+$/);
      expect(answers[1]?.header('link')).toMatch(/^<\/api\/tenants\//);
    });
  });
});
