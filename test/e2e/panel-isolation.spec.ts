import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import type { Answer } from '../helpers/answer.js';
import { type Route, routesOf } from '../helpers/routes.js';
import type { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';
import {
  startOnLegacyTenants,
  tenantVisitor,
} from '../helpers/tenant-visitor.js';

const OWN = { id: 1, business_name: 'Kendi İşletmesi' };
/** What stands in the other tenant's row, and nowhere else in the world. */
const OTHER = {
  id: 2,
  username: 'oteki-kanarya-7731',
  business_name: 'Öteki Kanarya İşletmesi 7731',
  system_prompt: 'Öteki kanarya talimatı 7731: kimseye söyleme.',
  openai_api_key_hint: 'k7z1',
};
const MARKS = [
  OTHER.username,
  OTHER.business_name,
  'kanarya talimatı 7731',
  OTHER.openai_api_key_hint,
];
/** What a form or a program might send to reach the other one. */
const ATTACK = {
  id: String(OTHER.id),
  tenant_id: String(OTHER.id),
  username: OTHER.username,
  password: 'calinmis-parola',
  business_name: 'Ele Geçirildi',
  system_prompt: 'Ele geçirilmiş bir talimat.',
  openai_api_key: 'sk-ele-gecirildi-00000000000',
  current_password: 'parola',
  new_password: 'calinmis-parola',
  new_password_again: 'calinmis-parola',
};
const OPEN =
  /^\/(?:panel(?:\/.*)?|login|language|health.*|api\/docs|api\/openapi\.json)$/;
/** 415 is the parser's, which comes before the question who asks. */
const REFUSALS = new Set([303, 401, 403, 404, 415]);
const TABLES = ['tenants', 'admins', 'admin_sessions', 'api_tokens'];

interface RequestBody {
  body?: string;
  headers?: Record<string, string>;
}

let app: TestApp;
let database: TestDatabase;

beforeAll(async () => {
  app = await startOnLegacyTenants();
  database = new TestDatabase(app.databaseFile);
  await app.nest
    .get(AdminsService)
    .create({ username: 'yonetici', password: 'uzun-ve-gizli-parola-7' });
  await app.token();
  await database.run(
    `UPDATE tenants SET username = ?, business_name = ?, system_prompt = ?, openai_api_key_hint = ? WHERE id = ?`,
    OTHER.username,
    OTHER.business_name,
    OTHER.system_prompt,
    OTHER.openai_api_key_hint,
    OTHER.id,
  );
  await database.run(
    'UPDATE tenants SET business_name = ? WHERE id = ?',
    OWN.business_name,
    OWN.id,
  );
});
afterAll(async () => {
  await database.close();
  await app.stop();
});

/** Every row but the own tenant's, as it is on disk. */
async function everythingElse(): Promise<string> {
  const rows = [];
  for (const table of TABLES)
    rows.push(
      await database.all(
        `SELECT * FROM ${table}${table === 'tenants' ? ' WHERE id <> 1' : ''}`,
      ),
    );
  return JSON.stringify(rows);
}

/** Calls a route in sessions of its own, with the other tenant's number wherever a number goes. */
async function attack({ method, path }: Route): Promise<Answer[]> {
  const url = path.replaceAll(/[:*]\w+/g, String(OTHER.id));
  const answers: Answer[] = [];
  for (const target of [url, `${url}?id=2&tenant_id=2&search=kanarya`]) {
    const visitor = await tenantVisitor(app, OWN.id);
    for (const init of bodies(method, visitor.panelToken))
      answers.push(
        await visitor.send(method.toUpperCase(), target, {
          ...init,
          headers: { 'x-tenant-id': '2', ...init.headers },
        }),
      );
  }
  return answers;
}

/** As a form and as a program sends it. */
function bodies(method: string, _csrf: string): RequestBody[] {
  if (method === 'get' || method === 'head') return [{}];
  return [
    {
      body: new URLSearchParams({ _csrf, ...ATTACK }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    {
      body: JSON.stringify(ATTACK),
      headers: { 'content-type': 'application/json' },
    },
  ];
}

describe("with one tenant's session", () => {
  it('no route of the application shows or changes anything of another', async () => {
    const routes = routesOf(app);
    const paths = new Set(routes.map(({ path }) => path));
    expect(paths).toContain('/api/tenants/:id');
    expect(paths).toContain('/tenants/:id/edit');
    expect(paths).toContain('/panel');
    expect(paths.size).toBeGreaterThan(20);
    const before = await everythingElse();
    const opened = new Set<string>();
    for (const route of routes) {
      for (const answer of await attack(route)) {
        const what = `${route.method} ${route.path} → ${answer.status}`;
        const found = MARKS.filter((mark) => answer.everything.includes(mark));
        expect([what, found]).toEqual([what, []]);
        expect([what, answer.status >= 500]).toEqual([what, false]);
        if (!OPEN.test(route.path))
          expect([what, REFUSALS.has(answer.status)]).toEqual([what, true]);
        if (answer.status < 300) opened.add(route.path);
      }
      expect([route, await everythingElse()]).toEqual([route, before]);
    }
    expect([...opened].toSorted()).toEqual([
      '/api/docs',
      '/api/openapi.json',
      '/health',
      '/health/live',
      '/health/ready',
      '/panel',
      '/panel/password',
    ]);
  });

  it('the attack on its own panel has changed its own row, so that the search would have found something', async () => {
    const [own] = await database.all<Record<string, string>>(
      'SELECT * FROM tenants WHERE id = 1',
    );
    expect(own).toMatchObject({
      username: 'ahmet_dis',
      business_name: ATTACK.business_name,
      openai_api_key_hint: '0000',
    });
  });

  it('each of two tenants sees its own business and nothing of the other, at the same time', async () => {
    const [a, b] = [await tenantVisitor(app, 1), await tenantVisitor(app, 2)];
    const pages = await Promise.all(
      Array.from({ length: 20 }, (_, turn) =>
        (turn % 2 === 0 ? a : b).get('/panel'),
      ),
    );
    pages.forEach(({ text }, turn) => {
      const isOther = turn % 2 === 1;
      for (const mark of MARKS) expect(text.includes(mark)).toBe(isOther);
      expect(text.includes(ATTACK.business_name)).toBe(!isOther);
    });
  });

  it("the other's password, CSRF token or session id is of no use", async () => {
    const [a, b] = [await tenantVisitor(app, 1), await tenantVisitor(app, 2)];
    const before = await everythingElse();
    const stolenToken = await a.post('/panel', {
      ...ATTACK,
      _csrf: b.panelToken,
    });
    expect(stolenToken.status).toBe(403);
    const [id] = (b.cookies.get('vr_tenant_session') ?? '').split('.');
    const [, signature] = (a.cookies.get('vr_tenant_session') ?? '').split('.');
    a.cookies.set('vr_tenant_session', `${id}.${signature}`);
    expect((await a.get('/panel')).header('location')).toBe('/login');
    expect(await everythingElse()).toEqual(before);
  });
});
