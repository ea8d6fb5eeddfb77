import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import { routesOf } from '../helpers/routes.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';
import { cookiesOf, Visitor } from '../helpers/visitor.js';

const ADMIN = { username: 'yonetici', password: 'uzun-ve-gizli-parola-7' };

function createAdmin(app: TestApp): Promise<void> {
  return app.nest.get(AdminsService).create(ADMIN);
}

describe('Pages over HTTP', () => {
  let app: TestApp;
  let database: TestDatabase;
  let admin: Visitor;

  beforeAll(async () => {
    app = await TestApp.start();
    database = new TestDatabase(app.databaseFile);
    await createAdmin(app);
    await database.insertLegacyTenant({ username: 'ilk-tenant' });
    admin = new Visitor(app.url);
    await admin.signIn(ADMIN.username, ADMIN.password);
  });
  afterAll(async () => {
    await database.close();
    await app.stop();
  });

  const tenantCount = async () =>
    (await database.all('SELECT id FROM tenants')).length;
  const visitor = async () => {
    const newcomer = new Visitor(app.url);
    await newcomer.get('/login');
    return newcomer;
  };

  describe('without a session', () => {
    const open = new Set(['/login', '/language']);

    it('lead to the sign-in page, whichever it is', async () => {
      const routes = routesOf(app).filter(
        ({ path }) => !/^\/(?:api|health)/.test(path) && !open.has(path),
      );
      expect(routes.length).toBeGreaterThan(6);
      for (const { method, path } of routes) {
        const url = path.replace(':id', '1');
        const newcomer = await visitor();
        const answer =
          method === 'post'
            ? await newcomer.post(url, { username: 'x' })
            : await newcomer.get(url);
        expect([answer.status, answer.header('location'), answer.text]).toEqual(
          [303, '/login', ''],
        );
      }
    });

    it.each([
      '/nothing',
      '/tenants/999',
      '/tenants/x',
      '/admin',
      '/.env',
      '/tenants/1/edit?x=1',
      '//evil.example',
      '/%zz',
      '/%00',
      '/assets/x/y.css',
    ])(
      'lead there from %s too, so that nobody learns what exists',
      async (path) => {
        const answer = await new Visitor(app.url).get(path);
        expect([answer.status, answer.header('location')]).toEqual([
          303,
          '/login',
        ]);
      },
    );

    it('show the sign-in page', async () => {
      const answer = await new Visitor(app.url).get('/login');
      expect(answer.status).toBe(200);
      expect(answer.header('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.header('content-language')).toBe('tr');
    });

    it.each([
      ['a made-up session', 'AAAA.BBBB'],
      ['an unsigned one', 'A'.repeat(43)],
      ['an empty one', ''],
      ['a percent-encoded one', '%zz'],
      ['a long one', 'x'.repeat(4_000)],
    ])('refuse %s', async (_name, session) => {
      const answer = await new Visitor(app.url, {
        cookie: `vr_session=${session}`,
      }).get('/');
      expect([answer.status, answer.header('location')]).toEqual([
        303,
        '/login',
      ]);
    });
  });

  it('mean nothing to API tokens', async () => {
    const token = await app.token();
    const answer = await new Visitor(app.url, {
      authorization: `Bearer ${token}`,
      cookie: `vr_session=${token}`,
    }).get('/');
    expect([answer.status, answer.header('location')]).toEqual([303, '/login']);
  });

  it('mean nothing to the API: a session opens no call', async () => {
    const cookie = [...admin.cookies]
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const answer = await fetch(`${app.url}/api/tenants/`, {
      headers: { cookie },
    });
    expect(answer.status).toBe(401);
  });

  describe('with a session', () => {
    it.each([
      '/',
      '/?page=1',
      '/tenants/new',
      '/tenants/1',
      '/tenants/1/',
      '/tenants/1/edit',
      '/tenants/1/delete',
    ])('show %s', async (path) => {
      const answer = await admin.get(path);
      expect(answer.status).toBe(200);
      expect(answer.header('content-type')).toBe('text/html; charset=utf-8');
      const head = await admin.send('HEAD', path);
      expect([head.status, head.text]).toEqual([200, '']);
    });

    it.each([
      '0',
      '-1',
      '01',
      '1e0',
      '0x1',
      '+1',
      '%201',
      '1.0',
      '1%00',
      '%zz',
      '2147483648',
      '9007199254740993',
      '9'.repeat(400),
      'x',
      '__proto__',
      '999999',
    ])('answer 404 to the tenant %s', async (id) => {
      for (const path of [
        `/tenants/${id}`,
        `/tenants/${id}/edit`,
        `/tenants/${id}/delete`,
      ]) {
        const answer = await admin.get(path);
        expect([answer.status, answer.header('content-type')]).toEqual([
          404,
          'text/html; charset=utf-8',
        ]);
      }
      for (const path of [`/tenants/${id}/edit`, `/tenants/${id}/delete`])
        expect((await admin.post(path)).status).toBe(404);
      expect(await tenantCount()).toBe(1);
    });

    it.each([
      '/nothing',
      '/tenants',
      '/tenants/1/x',
      '/login/x',
      '/TENANTS/1',
      '/Tenants/new',
      '/index.html',
      '/../../etc/passwd',
    ])('answer 404 to %s', async (path) => {
      expect((await admin.get(path)).status).toBe(404);
    });

    it.each(['page=0', 'page=-1', 'page=x', 'page=1&page=1', 'page=1e0'])(
      'refuse ?%s',
      async (query) => {
        expect((await admin.get(`/?${query}`)).status).toBeGreaterThanOrEqual(
          400,
        );
        expect((await admin.get(`/?${query}`)).status).toBeLessThan(500);
      },
    );

    it('answer 405 with Allow to the wrong method', async () => {
      const answer = await admin.post('/tenants/1');
      expect([answer.status, answer.header('allow')]).toEqual([
        405,
        'GET, HEAD',
      ]);
    });

    it.each([
      ['JSON', 'application/json', '{"username":"x"}'],
      ['multipart', 'multipart/form-data; boundary=x', '--x--'],
      ['nothing', '', ''],
    ])('refuse %s as a form', async (_name, type, body) => {
      const answer = await admin.send('POST', '/tenants/new', {
        body,
        headers: { ...(type !== '' && { 'content-type': type }) },
      });
      expect(answer.status).toBe(403);
      expect(await tenantCount()).toBe(1);
    });

    it('answer 422 to a bad form and 409 to a taken name', async () => {
      expect((await admin.post('/tenants/new', { username: 'x' })).status).toBe(
        422,
      );
      const taken = {
        ...tenantFactory.build({ username: 'ilk-tenant' }),
        system_prompt: 'Yeterince uzun talimat',
      };
      expect((await admin.post('/tenants/new', taken)).status).toBe(409);
      expect(
        (
          await admin.post('/tenants/1/edit', {
            username: 'ilk-tenant',
            business_name: '',
            system_prompt: 'Eski sistem talimatı',
          })
        ).status,
      ).toBe(422);
      expect(await tenantCount()).toBe(1);
    });

    it('create, change and delete, and lead on with 303', async () => {
      const tenant = {
        ...tenantFactory.build(),
        system_prompt: 'Yeterince uzun talimat',
      };
      const created = await admin.post('/tenants/new', tenant);
      expect(created.status).toBe(303);
      const path = created.header('location') ?? '';
      expect(path).toMatch(/^\/tenants\/\d+$/);
      expect((await admin.get(path)).status).toBe(200);
      const { username, system_prompt } = tenant;
      const saved = await admin.post(`${path}/edit`, {
        username,
        system_prompt,
        business_name: 'Yeni',
        password: '',
        openai_api_key: '',
      });
      expect([saved.status, saved.header('location')]).toEqual([303, path]);
      const deleted = await admin.post(`${path}/delete`);
      expect([deleted.status, deleted.header('location')]).toEqual([303, '/']);
      expect((await admin.get(path)).status).toBe(404);
      expect(await tenantCount()).toBe(1);
    });
  });

  describe('CSRF', () => {
    const FORMS = [
      '/tenants/new',
      '/tenants/1/edit',
      '/tenants/1/delete',
      '/logout',
      '/language',
    ];
    const CROSS_SITE = [
      ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site' }],
      ['Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
      ['Origin of another site', { origin: 'https://evil.example' }],
      ['Origin of another port', { origin: 'http://127.0.0.1:1' }],
      ['Origin null', { origin: 'null' }],
      [
        'an Origin that only begins like ours',
        { origin: 'http://localhost:3000.evil.example' },
      ],
    ] as const;

    it.each(FORMS)(
      'is refused at %s for a missing, wrong, empty or other visitor’s token',
      async (path) => {
        const other = await visitor();
        const tokens = [
          undefined,
          '',
          'x',
          other.csrfToken,
          `${admin.csrfToken}x`,
          admin.csrfToken.slice(0, -1),
          admin.csrfToken.toLowerCase(),
        ];
        for (const token of tokens) {
          const answer = await admin.post(path, { _csrf: token });
          expect([answer.status, answer.header('content-type')]).toEqual([
            403,
            'text/html; charset=utf-8',
          ]);
        }
        const twice = await admin.send('POST', path, {
          body: `_csrf=${admin.csrfToken}&_csrf=${admin.csrfToken}`,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        });
        expect(twice.status).toBe(403);
        const inQuery = await admin.post(
          `${path}?_csrf=${admin.csrfToken}`,
          { _csrf: undefined },
          { 'x-csrf-token': admin.csrfToken },
        );
        expect(inQuery.status).toBe(403);
        expect((await admin.get('/')).status).toBe(200);
        expect(await tenantCount()).toBe(1);
      },
    );

    it.each(
      [...FORMS, '/login'].flatMap((path) =>
        CROSS_SITE.map(([name, headers]) => [path, name, headers] as const),
      ),
    )(
      'is refused at %s for %s, even with the right token',
      async (path, _name, headers) => {
        expect((await admin.post(path, {}, headers)).status).toBe(403);
        expect(await tenantCount()).toBe(1);
      },
    );

    it('guards the sign-in form of a newcomer too', async () => {
      const other = await visitor();
      for (const token of [undefined, '', other.csrfToken]) {
        const newcomer = await visitor();
        const answer = await newcomer.post('/login', {
          ...ADMIN,
          _csrf: token,
        });
        expect(answer.status).toBe(403);
        expect(newcomer.cookies.has('vr_session')).toBe(false);
      }
      const withoutCookie = new Visitor(app.url);
      expect((await withoutCookie.post('/login', ADMIN)).status).toBe(403);
    });

    it.each([
      ['Sec-Fetch-Site: same-origin', { 'sec-fetch-site': 'same-origin' }],
      ['Sec-Fetch-Site: none', { 'sec-fetch-site': 'none' }],
    ])('lets %s through', async (_name, headers) => {
      const answer = await admin.post(
        '/language',
        { locale: 'tr', back: '/' },
        { ...headers, origin: app.url },
      );
      expect(answer.status).toBe(303);
    });

    it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])(
      'lets no %s through',
      async (method) => {
        const answer = await admin.send(method, '/tenants/1', {});
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
        expect(await tenantCount()).toBe(1);
      },
    );
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/%2f%2fevil.example\r\nX: y',
    'javascript:alert(1)',
    '',
    '/\t/evil.example',
  ])('the language switch does not lead to %j', async (back) => {
    const answer = await (
      await visitor()
    ).post('/language', { locale: 'en', back });
    expect([answer.status, answer.header('location')]).toEqual([303, '/']);
  });

  it('the language switch stays on the page and is kept', async () => {
    const newcomer = await visitor();
    const answer = await newcomer.post('/language', {
      locale: 'en',
      back: '/login',
    });
    expect([answer.status, answer.header('location')]).toEqual([303, '/login']);
    expect((await newcomer.get('/login')).header('content-language')).toBe(
      'en',
    );
    await newcomer.post('/language', { locale: 'xx', back: '/login' });
    expect((await newcomer.get('/login')).header('content-language')).toBe(
      'en',
    );
  });

  describe('sessions', () => {
    it('get a new id at sign-in, and the old one ends', async () => {
      const old = admin.cookies.get('vr_session');
      const planted = await visitor();
      const token = planted.csrfToken;
      planted.cookies.set('vr_session', 'planted.by-somebody');
      await planted.post('/login', { ...ADMIN, _csrf: token });
      const first = planted.cookies.get('vr_session') ?? '';
      expect([
        first === '',
        first === 'planted.by-somebody',
        first === old,
      ]).toEqual([false, false, false]);
      await planted.signIn(ADMIN.username, ADMIN.password);
      expect(planted.cookies.get('vr_session')).not.toBe(first);
      expect((await planted.get('/')).status).toBe(200);
      const stolen = new Visitor(app.url, { cookie: `vr_session=${first}` });
      expect((await stolen.get('/')).status).toBe(303);
      expect((await admin.get('/')).status).toBe(200);
    });

    it('end with the sign-out, in every copy of the cookie', async () => {
      const leaving = new Visitor(app.url);
      await leaving.signIn(ADMIN.username, ADMIN.password);
      const cookie = `vr_session=${leaving.cookies.get('vr_session')}`;
      const answer = await leaving.post('/logout');
      expect([answer.status, answer.header('location')]).toEqual([
        303,
        '/login',
      ]);
      expect(cookiesOf(answer)).toContainEqual(
        expect.objectContaining({ name: 'vr_session', value: '' }),
      );
      expect((await new Visitor(app.url, { cookie }).get('/')).status).toBe(
        303,
      );
    });

    it('end after half an hour without use, and after 12 hours', async () => {
      const idle = new Visitor(app.url);
      await idle.signIn(ADMIN.username, ADMIN.password);
      for (const column of ['last_used_at', 'expires_at']) {
        const before = await database.all<Record<string, string>>(
          'SELECT * FROM admin_sessions',
        );
        const ago = new Date(Date.now() - 31 * 60_000)
          .toISOString()
          .replace('T', ' ')
          .replace('Z', '000');
        await database.run(`UPDATE admin_sessions SET ${column} = ?`, ago);
        expect((await idle.get('/')).status).toBe(303);
        for (const row of before)
          await database.run(
            `UPDATE admin_sessions SET ${column} = ? WHERE id_hash = ?`,
            row[column],
            row.id_hash,
          );
        expect((await idle.get('/')).status).toBe(200);
      }
    });

    it('are kept only as a hash', async () => {
      const id = admin.cookies.get('vr_session')?.split('.')[0] ?? '';
      expect(id.length).toBeGreaterThan(40);
      expect(
        JSON.stringify(await database.all('SELECT * FROM admin_sessions')),
      ).not.toContain(id);
    });
  });

  it('every cookie is HttpOnly, SameSite=Lax and for this host alone', async () => {
    const newcomer = new Visitor(app.url);
    const answers = [
      await newcomer.get('/login'),
      await newcomer.post('/language', { locale: 'tr', back: '/login' }),
      await newcomer.post('/login', ADMIN),
      await newcomer.post('/logout'),
      await newcomer.get('/login'),
    ];
    const cookies = answers.flatMap(cookiesOf);
    expect(new Set(cookies.map(({ name }) => name))).toEqual(
      new Set([
        'vr_visitor',
        'vr_locale',
        'vr_session',
        'vr_device',
        'vr_flash',
      ]),
    );
    for (const { attributes } of cookies) {
      expect(attributes).toMatchObject({
        httponly: '',
        samesite: 'Lax',
        path: '/',
      });
      expect(attributes).not.toHaveProperty('domain');
      expect(attributes).not.toHaveProperty('secure');
    }
    for (const answer of answers)
      expect(answer.header('strict-transport-security')).toBeUndefined();
  });
});

describe('Pages with an https PUBLIC_URL', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ env: { PUBLIC_URL: 'https://panel.example' } });
    await createAdmin(app);
  });
  afterAll(() => app.stop());

  it('set Secure cookies with a __Host- session, and HSTS', async () => {
    const visitor = new Visitor(app.url, {
      host: 'panel.example',
      origin: 'https://panel.example',
    });
    const answers = [
      await visitor.get('/login'),
      await visitor.post('/language', { locale: 'tr', back: '/login' }),
      await visitor.post('/login', ADMIN),
      await visitor.get('/'),
      await visitor.post('/logout'),
      await visitor.get('/login'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([
      200, 303, 303, 200, 303, 200,
    ]);
    const cookies = answers.flatMap(cookiesOf);
    const names = new Set(cookies.map(({ name }) => name));
    expect(names).toEqual(
      new Set([
        '__Host-vr_visitor',
        '__Host-vr_session',
        '__Host-vr_device',
        'vr_locale',
        'vr_flash',
      ]),
    );
    for (const { name, attributes } of cookies)
      expect({ name, attributes }).toMatchObject({
        attributes: { secure: '', httponly: '', samesite: 'Lax', path: '/' },
      });
    for (const answer of answers)
      expect(answer.header('strict-transport-security')).toMatch(
        /^max-age=\d{7,}/,
      );
    const { headers } = await fetch(`${app.url}/api/tenants`);
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
  });

  it('refuse the plain cookie name, which a subdomain could set', async () => {
    const visitor = new Visitor(app.url);
    await visitor.signIn(ADMIN.username, ADMIN.password);
    const session = visitor.cookies.get('__Host-vr_session');
    expect(session).toBeDefined();
    expect(
      (await new Visitor(app.url, { cookie: `vr_session=${session}` }).get('/'))
        .status,
    ).toBe(303);
    expect(
      (
        await new Visitor(app.url, {
          cookie: `__Host-vr_session=${session}`,
        }).get('/')
      ).status,
    ).toBe(200);
  });
});

describe('Failed sign-ins', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
    await createAdmin(app);
  });
  afterAll(() => app.stop());

  it('answer the same whether the name exists or not', async () => {
    const answers = [];
    for (const username of [
      ADMIN.username,
      'nobody-at-all',
      ADMIN.username.toUpperCase(),
    ]) {
      const visitor = new Visitor(app.url);
      const answer = await visitor.signIn(username, 'wrong-password-here');
      expect(answer.status).toBe(401);
      expect(visitor.cookies.has('vr_session')).toBe(false);
      const text = answer.text
        .replaceAll(username, 'NAME')
        .replaceAll(visitor.csrfToken, 'TOKEN')
        .replaceAll(answer.header('x-request-id') ?? '?', 'ID');
      answers.push([text, Object.keys(answer.headers).toSorted()]);
      expect(answer.text).not.toContain('wrong-password-here');
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it.each([
    ['a NUL', 'a\0b'],
    ['an overlong password', 'x'.repeat(100_000)],
    ['lone bytes', '\uFFFD'],
    ['nothing', ''],
  ])('are 401 for %s', async (_name, password) => {
    const answer = await new Visitor(app.url).signIn(
      `k-${password.length}`,
      password,
    );
    expect(answer.status).toBe(401);
  });

  it('meet 429 with Retry-After within a minute, whatever X-Forwarded-For says', async () => {
    const visitor = new Visitor(app.url);
    await visitor.get('/login');
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        visitor.post(
          '/login',
          { username: `guess-${index}`, password: 'wrong-password' },
          {
            'x-forwarded-for': `203.0.113.${index}`,
            'x-real-ip': `203.0.113.${index}`,
            forwarded: `for=203.0.113.${index}`,
          },
        ),
      ),
    );
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThanOrEqual(10);
    expect(new Set(answers.map(({ status }) => status))).toEqual(
      new Set([401, 429]),
    );
    for (const answer of limited) {
      const seconds = Number(answer.header('retry-after'));
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds).toBeLessThanOrEqual(60);
    }
    const right = await visitor.post('/login', ADMIN);
    expect(right.status).toBe(429);
  });
});
