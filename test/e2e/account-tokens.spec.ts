import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { TenantsService } from '../../src/tenants/tenants.service.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import { ADMIN } from '../helpers/dashboard.js';
import { type PageAnswer, PageClient } from '../helpers/page-client.js';
import { sql } from '../helpers/test-database.js';
import { TestApp } from '../helpers/test-app.js';

const TOKEN = /vr_[A-Za-z0-9]{8}_[\w-]{43}[0-9a-f]{8}/;
const HIDDEN = /name="(_csrf|token_id)" value="([^"]+)"/g;

let app: TestApp;
let page: PageClient;
let tenantIds: number[];

beforeAll(async () => {
  app = await TestApp.start();
  await app.nest.get(AdminsService).create(ADMIN);
  page = await PageClient.signedIn(app.url);
  const tenants = app.nest.get(TenantsService);
  tenantIds = [
    (await tenants.create(input())).id,
    (await tenants.create(input())).id,
  ];
});
afterAll(() => app.stop());

function input() {
  return {
    system_prompt: 'Sen bir sanal resepsiyonistsin.',
    ...tenantFactory.build(),
  };
}

async function hiddenFields(): Promise<Record<string, string>> {
  const { text } = await page.get('/tokens/new');
  return Object.fromEntries(
    [...text.matchAll(HIDDEN)].map(([, name, value]) => [name, value]),
  );
}

function call(token: string, path = '/api/tenants'): Promise<Response> {
  return fetch(app.url + path, {
    headers: { authorization: `Bearer ${token}` },
  });
}

async function create(
  form: Record<string, string | string[]>,
): Promise<{ answer: PageAnswer; token: string }> {
  const answer = await page.post('/tokens/new', {
    ...(await hiddenFields()),
    ...form,
  });
  return { answer, token: TOKEN.exec(answer.text)?.[0] ?? '' };
}

describe('/tokens', () => {
  it('makes a token that works, shows it once, and revokes it', async () => {
    const { answer, token } = await create({
      name: 'Randevu yazılımı',
      scopes: ['tenants:read', 'tenants:write'],
      tenant_id: '',
      expires_in_days: '30',
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await call(token)).status).toBe(200);

    const list = await page.get('/tokens');
    expect(list.text).toContain('Randevu yazılımı');
    expect(list.text).toContain(token.slice(3, 11));
    expect(list.text).not.toMatch(TOKEN);
    expect(list.text).not.toContain(token.slice(12));
    expect(list.text).toContain('Geçerli');

    const path = `/tokens/${token.slice(3, 11)}/revoke`;
    const question = await page.get(path);
    expect(question.text).toContain('Randevu yazılımı');
    expect(question.text).not.toMatch(TOKEN);
    expect((await call(token)).status).toBe(200);
    const revoked = await page.submit(path, {});
    expect([revoked.status, revoked.location]).toEqual([303, '/tokens']);
    expect((await call(token)).status).toBe(401);
    expect((await page.get('/tokens')).text).toContain('İptal edildi');
    expect((await page.get(path)).text).toContain('zaten iptal edilmiş');

    const trail = await sql<{ action: string; actor: string }>(
      app.databaseFile,
      'SELECT action, actor FROM audit_entries WHERE target = ? ORDER BY id',
      [`token:${token.slice(3, 11)}`],
    );
    expect(trail).toEqual([
      { action: 'token.created', actor: 'admin:1' },
      { action: 'token.revoked', actor: 'admin:1' },
    ]);
  });

  it('makes one token of one form, however often it is sent', async () => {
    const form: Record<string, string> = {
      ...(await hiddenFields()),
      name: 'Bir kez',
      scopes: 'tenants:read',
    };
    const first = await page.post('/tokens/new', form);
    const again = await page.post('/tokens/new', form);
    expect([first.status, again.status]).toEqual([201, 409]);
    expect(again.text).not.toMatch(TOKEN);
    expect(again.text).toContain('az önce bir anahtar oluşturuldu');
    const rows = await sql(
      app.databaseFile,
      "SELECT id FROM api_tokens WHERE name = 'Bir kez'",
    );
    expect(rows).toHaveLength(1);
    // The form that came back has an id of its own.
    const fresh = /name="token_id" value="(\w+)"/.exec(again.text)?.[1];
    expect(fresh).not.toBe(form.token_id);
  });

  it('binds a token to one tenant', async () => {
    const [own, other] = tenantIds;
    const { token } = await create({
      name: 'Tek müşteri',
      scopes: 'tenants:read',
      tenant_id: String(own),
    });
    expect((await call(token, `/api/tenants/${own}`)).status).toBe(200);
    expect((await call(token, `/api/tenants/${other}`)).status).toBe(404);
    const list = await page.get('/tokens');
    expect(list.text).toContain(`href="/tenants/${own}"`);
  });

  it('says when a token has expired', async () => {
    const { token } = await create({
      name: 'Kısa ömürlü',
      scopes: 'tenants:read',
      expires_in_days: '1',
    });
    await sql(
      app.databaseFile,
      "UPDATE api_tokens SET expires_at = '2020-01-01 00:00:00.000000' WHERE id = ?",
      [token.slice(3, 11)],
    );
    expect((await call(token)).status).toBe(401);
    expect((await page.get('/tokens')).text).toContain('Süresi doldu');
  });

  it.each([
    ['no scope', { scopes: [] }, 'En az bir yetki seçin.'],
    ['no name', { name: '' }, 'Ad boş olamaz.'],
    ['a blank name', { name: '   ' }, 'Ad yalnızca boşluklardan oluşamaz.'],
    [
      'a long name',
      { name: 'a'.repeat(101) },
      'Ad en fazla 100 karakter olabilir.',
    ],
    ['an unknown scope', { scopes: ['root'] }, 'Yetkiler doğru biçimde değil.'],
    ['an unknown tenant', { tenant_id: '999999' }, 'Bu numarada bir müşteri'],
    ['a tenant that is no number', { tenant_id: 'x' }, 'Bu numarada bir'],
    [
      'a life that is too long',
      { expires_in_days: '3651' },
      '1 ile 3650 arasında olmalı.',
    ],
    ['a negative life', { expires_in_days: '-1' }, 'yalnızca rakamla yazın'],
  ])('refuses %s', async (_, overrides, message) => {
    const { answer } = await create({
      name: 'Red',
      scopes: ['tenants:read'],
      ...overrides,
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(message);
    expect(answer.text).not.toMatch(TOKEN);
  });

  it('keeps what was chosen in a form that comes back', async () => {
    const { answer } = await create({
      name: 'Yarım',
      scopes: ['audit:read', 'tenants:write'],
      expires_in_days: '0',
    });
    const chosen = [
      ...answer.text.matchAll(/value="([a-z]+:[a-z]+)" checked/g),
    ].map(([, scope]) => scope);
    expect(chosen).toEqual(['tenants:write', 'audit:read']);
    expect(answer.text).toContain('value="Yarım"');
  });

  it('needs a session, a CSRF token and a token that exists', async () => {
    const visitor = new PageClient(app.url);
    for (const path of ['/tokens', '/tokens/new', '/tokens/AAAAAAAA/revoke'])
      expect((await visitor.get(path)).status).toBe(303);
    expect((await page.get('/tokens/AAAAAAAA/revoke')).status).toBe(404);
    expect(
      (await page.submit('/tokens/AAAAAAAA/revoke', {}, '/tokens/new')).status,
    ).toBe(404);
    const form = { name: 'Sahte', scopes: 'tenants:read' };
    expect((await page.post('/tokens/new', form)).status).toBe(403);
    expect((await page.get('/tokens')).text).not.toContain('Sahte');
  });
});
