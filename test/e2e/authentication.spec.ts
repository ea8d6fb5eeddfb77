import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiTokensService } from '../../src/auth/api-tokens/api-tokens.service.js';
import { Scope } from '../../src/auth/scope.js';
import type { Answer } from '../helpers/answer.js';
import { ApiClient } from '../helpers/api-client.js';
import { CANARY } from '../helpers/hostile-values.js';
import { routesOf } from '../helpers/routes.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
];
const OPEN = new Set(['/api/docs', '/api/openapi.json']);

/** A token whose checksum is right and that nobody has made. */
function unknownToken(): string {
  const body = `vr_AAAAAAAA_${'A'.repeat(43)}`;
  return body + crc32(body).toString(16).padStart(8, '0');
}

describe('API authentication', () => {
  let app: TestApp;
  let database: TestDatabase;
  let client: ApiClient;
  let token: string;
  let ids: number[];

  beforeAll(async () => {
    app = await TestApp.start();
    database = new TestDatabase(app.databaseFile);
    token = await app.token();
    client = await ApiClient.of(app, token);
    ids = [];
    for (const username of ['bir', 'iki', 'uc-tenant'])
      ids.push(await database.insertLegacyTenant({ username }));
  });
  afterAll(async () => {
    await database.close();
    await app.stop();
  });

  async function expectUnauthenticated(
    method: string,
    path: string,
    credentials: object,
    body?: unknown,
  ): Promise<void> {
    const answer = await client.send(method, path, {
      token: null,
      headers: { ...credentials },
      body,
    });
    expect(answer.status).toBe(401);
    expect(answer.header('www-authenticate')).toBe('Bearer');
    expect(answer.everything).not.toContain(CANARY);
    expect(codeOf(method, answer)).toBe('UNAUTHENTICATED');
  }

  describe.each(METHODS)('for %s without a token', (method) => {
    it('is asked for on every route', async () => {
      const paths = new Set(
        routesOf(app)
          .map(({ path }) => path)
          .filter((path) => path.startsWith('/api') && !OPEN.has(path)),
      );
      expect(paths).toContain('/api/tenants/:id');
      for (const route of paths)
        for (const path of [route, `${route}/`].map((text) =>
          text.replace(':id', '1'),
        ))
          for (const body of [undefined, {}, { username: CANARY }])
            await expectUnauthenticated(
              method,
              path,
              {},
              method === 'HEAD' || method === 'GET' ? undefined : body,
            );
    });

    it.each([
      '/api',
      '/api/',
      '/api/nothing',
      '/api/tenants/999999',
      '/api/tenants/x',
      '/api/tenants/1/2',
      '/api/tenants?limit=-1',
      '/api/%zz',
      '/api/%00',
      '/api//tenants',
      '/api/docs/x',
      `/api/${CANARY}`,
    ])('is asked for at %s, which tells nothing', async (path) => {
      await expectUnauthenticated(method, path, {});
    });
  });

  it('answers the same to what exists and what does not', async () => {
    const shapes = new Set<string>();
    for (const path of [
      '/api/tenants/1',
      '/api/tenants/999',
      '/api/nothing',
      '/api/tenants',
    ]) {
      const answer = await client.get(path, { token: null });
      const { request_id: _id, ...problem } = answer.problem;
      shapes.add(
        JSON.stringify([problem, Object.keys(answer.headers).toSorted()]),
      );
    }
    expect(shapes.size).toBe(1);
  });

  it.each([
    ['nothing after the scheme', () => 'Bearer'],
    ['blanks after the scheme', () => 'Bearer   '],
    ['no scheme', () => token],
    ['Basic', () => `Basic ${Buffer.from(`x:${token}`).toString('base64')}`],
    ['another scheme', () => `Token ${token}`],
    ['a scheme that only begins so', () => `Bearers ${token}`],
    ['a comma', () => `Bearer ${token}, Bearer ${token}`],
    ['two tokens', () => `Bearer ${token} ${token}`],
    ['quotes', () => `Bearer "${token}"`],
    ['a parameter', () => `Bearer token=${token}`],
    ['a tab between', () => `Bearer\t${token}`],
    ['an unknown token', () => `Bearer ${unknownToken()}`],
    [
      'a bad checksum',
      () => `Bearer ${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`,
    ],
    [
      'a wrong secret with a right checksum',
      () => `Bearer ${withSecret(token)}`,
    ],
    ['a token cut short', () => `Bearer ${token.slice(0, -1)}`],
    ['a token too long', () => `Bearer ${token}a`],
    ['the upper case of a token', () => `Bearer ${token.toUpperCase()}`],
    ['the prefix alone', () => 'Bearer vr_'],
    ['the id alone', () => `Bearer ${token.slice(0, 11)}`],
    ['a JWT', () => 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.'],
    ['SQL', () => `Bearer '/**/OR/**/1=1--${CANARY}`],
    ['10,000 characters', () => `Bearer vr_${CANARY.repeat(900)}`],
    ['a percent-encoded token', () => `Bearer ${token.replace('_', '%5F')}`],
  ])('refuses %s', async (_name, header) => {
    await expectUnauthenticated('GET', '/api/tenants', {
      authorization: header(),
    });
  });

  it.each([
    [
      'the query',
      () => [`/api/tenants?access_token=${token}&token=${token}`, {}] as const,
    ],
    [
      'a cookie',
      () =>
        [
          '/api/tenants',
          {
            cookie: `vr_session=${token}; token=${token}; authorization=Bearer ${token}`,
          },
        ] as const,
    ],
    [
      'X-API-Key',
      () =>
        [
          '/api/tenants',
          { 'x-api-key': token, 'x-auth-token': token },
        ] as const,
    ],
    [
      'Proxy-Authorization',
      () =>
        ['/api/tenants', { 'proxy-authorization': `Bearer ${token}` }] as const,
    ],
  ])('does not take a token from %s', async (_name, request) => {
    const [path, headers] = request();
    await expectUnauthenticated('GET', path, headers);
  });

  it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])(
    'takes the scheme as %s',
    async (scheme) => {
      const { status } = await client.get('/api/tenants', {
        token: null,
        headers: { authorization: `${scheme} ${token}` },
      });
      expect(status).toBe(200);
    },
  );

  it('refuses a token from the moment that it is revoked', async () => {
    const revoked = await app.token();
    expect((await client.get('/api/tenants', { token: revoked })).status).toBe(
      200,
    );
    const tokens = app.nest.get(ApiTokensService);
    expect(await tokens.revoke(revoked.slice(3, 11))).toBe(true);
    await expectUnauthenticated('GET', '/api/tenants', {
      authorization: `Bearer ${revoked}`,
    });
  });

  it('refuses a token from the moment that it expires', async () => {
    const expiring = await app.nest.get(ApiTokensService).create({
      name: 'expiring',
      scopes: [Scope.TenantsRead],
      expiresInDays: 1,
    });
    const call = { token: expiring };
    expect((await client.get('/api/tenants', call)).status).toBe(200);
    await database.run(
      "UPDATE api_tokens SET expires_at = '2020-01-01 00:00:00.000000' WHERE id = ?",
      expiring.slice(3, 11),
    );
    await expectUnauthenticated('GET', '/api/tenants', {
      authorization: `Bearer ${expiring}`,
    });
  });

  it('keeps only the hash of a token', async () => {
    const rows = await database.all('SELECT * FROM api_tokens');
    expect(JSON.stringify(rows)).not.toContain(token.slice(12));
    expect(JSON.stringify(rows)).toContain(token.slice(3, 11));
  });

  describe('scopes', () => {
    const READS = [
      ['GET', '/api/tenants'],
      ['GET', '/api/tenants/1'],
      ['HEAD', '/api/tenants'],
    ] as const;
    const WRITES = [
      ['POST', '/api/tenants'],
      ['PUT', '/api/tenants/1'],
      ['PATCH', '/api/tenants/1'],
      ['DELETE', '/api/tenants/999999'],
    ] as const;

    it.each([
      { scopes: [Scope.TenantsRead], allowed: READS, refused: WRITES },
      { scopes: [Scope.TenantsWrite], allowed: WRITES, refused: READS },
      {
        scopes: [Scope.TokensAdmin, Scope.AuditRead, Scope.ReceptionistInvoke],
        allowed: [],
        refused: [...READS, ...WRITES],
      },
      { scopes: [], allowed: [], refused: [...READS, ...WRITES] },
    ])(
      '$scopes open what they name, and nothing else',
      async ({ scopes, allowed, refused }) => {
        const limited = client.as(await app.token(scopes));
        const send = (method: string, path: string) =>
          limited.send(method, path, {
            ...(method.startsWith('P') && { body: {} }),
          });
        for (const [method, path] of allowed)
          expect([200, 404, 422]).toContain((await send(method, path)).status);
        for (const [method, path] of refused) {
          const answer = await send(method, path);
          expect(answer.status).toBe(403);
          expect(codeOf(method, answer)).toBe('INSUFFICIENT_SCOPE');
        }
      },
    );

    it('are asked for before the body is judged', async () => {
      const reader = client.as(await app.token([Scope.TenantsRead]));
      const answer = await reader.post('/api/tenants', { username: 1, x: 2 });
      expect([answer.status, answer.problem.code]).toEqual([
        403,
        'INSUFFICIENT_SCOPE',
      ]);
      expect(answer.problem.detail).toContain('tenants:write');
    });
  });

  describe('of one tenant', () => {
    let own: number;
    let bound: ApiClient;

    beforeAll(async () => {
      own = ids[1] ?? 0;
      bound = client.as(
        await app.token([Scope.TenantsRead, Scope.TenantsWrite], own),
      );
    });

    it('lists that one alone', async () => {
      const answer = await bound.get('/api/tenants/');
      expect(answer.tenants.map(({ id }) => id)).toEqual([own]);
      expect(answer.header('x-total-count')).toBe('1');
      expect((await bound.get('/api/tenants/?skip=1')).tenants).toEqual([]);
    });

    it('reads and changes that one', async () => {
      expect((await bound.get(`/api/tenants/${own}`)).status).toBe(200);
      expect(
        (await bound.patch(`/api/tenants/${own}`, { business_name: 'Kendi' }))
          .status,
      ).toBe(200);
    });

    it('finds no other, and answers as if there were none', async () => {
      for (const id of [ids[0], 999_999, 'x'])
        for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
          const answer = await bound.send(method, `/api/tenants/${id}`, {
            ...(method.startsWith('P') && {
              body: { business_name: 'Başkasının' },
            }),
          });
          expect([answer.status, answer.problem.code]).toEqual([
            404,
            'TENANT_NOT_FOUND',
          ]);
        }
      expect(
        (await client.get(`/api/tenants/${ids[0]}`)).tenant.business_name,
      ).not.toBe('Başkasının');
    });

    it('creates none', async () => {
      const answer = await bound.post('/api/tenants/', {});
      expect([answer.status, answer.problem.code]).toEqual([
        403,
        'INSUFFICIENT_SCOPE',
      ]);
    });
  });

  it('has let nobody add or remove a tenant', async () => {
    const { headers } = await client.get('/api/tenants/');
    expect(headers['x-total-count']).toBe(String(ids.length));
  });

  it('notes the last use of a token, and not at every call', async () => {
    const used = await app.token();
    const lastUse = async () =>
      (
        await database.all<{ last_used_at: string | null }>(
          'SELECT last_used_at FROM api_tokens WHERE id = ?',
          used.slice(3, 11),
        )
      )[0]?.last_used_at;
    expect(await lastUse()).toBeNull();
    await client.get('/api/tenants', { token: used });
    const first = await vi.waitUntil(lastUse, { timeout: 5_000 });
    expect(first).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
    await client.get('/api/tenants', { token: used });
    expect(await lastUse()).toBe(first);
  });
});

describe('API_RATE_LIMIT', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ env: { API_RATE_LIMIT: '3' } });
  });
  afterAll(() => app.stop());

  it('limits each token for itself, and says when to come back', async () => {
    const client = await ApiClient.of(app, await app.token());
    const statuses: number[] = [];
    for (const path of ['/api/tenants', '/api/nothing', '/api/tenants/1'])
      statuses.push((await client.get(path)).status);
    expect(statuses).toEqual([200, 404, 404]);
    for (const [method, path] of [
      ['GET', '/api/tenants'],
      ['POST', '/api/tenants'],
      ['DELETE', '/api/tenants/1'],
    ] as const) {
      const answer = await client.send(method, path);
      expect([answer.status, answer.problem.code]).toEqual([
        429,
        'TOO_MANY_REQUESTS',
      ]);
      const seconds = Number(answer.header('retry-after'));
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds).toBeLessThanOrEqual(60);
    }
    expect(
      (await client.get('/api/tenants', { token: await app.token() })).status,
    ).toBe(200);
    expect((await client.get('/api/tenants', { token: null })).status).toBe(
      401,
    );
    expect((await client.get('/health')).status).toBe(200);
    expect((await client.get('/api/openapi.json')).status).toBe(200);
  });
});

/** The answer to HEAD has no body to read a code from: the status stands for it. */
function codeOf(method: string, answer: Answer): string {
  if (method !== 'HEAD') return answer.problem.code;
  if (answer.text !== '') return 'a body in the answer to HEAD';
  return answer.status === 401 ? 'UNAUTHENTICATED' : 'INSUFFICIENT_SCOPE';
}

/** The same id, another secret, the checksum that belongs to it. */
function withSecret(token: string): string {
  const body = `${token.slice(0, 12)}${'A'.repeat(43)}`;
  return body + crc32(body).toString(16).padStart(8, '0');
}
