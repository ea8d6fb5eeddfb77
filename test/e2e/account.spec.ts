import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { ADMIN } from '../helpers/dashboard.js';
import { PageClient } from '../helpers/page-client.js';
import { sql } from '../helpers/test-database.js';
import { TestApp } from '../helpers/test-app.js';

const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1';
const NEW_PASSWORD = 'deniz-kenarında-fener';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.nest.get(AdminsService).create(ADMIN);
});
afterAll(() => app.stop());

async function actions(): Promise<string[]> {
  const rows = await sql<{ action: string }>(
    app.databaseFile,
    'SELECT action FROM audit_entries ORDER BY id DESC LIMIT 2',
  );
  return rows.map(({ action }) => action);
}

describe('the own password', () => {
  const form = (overrides: Record<string, string> = {}) => ({
    current_password: ADMIN.password,
    new_password: NEW_PASSWORD,
    new_password_again: NEW_PASSWORD,
    ...overrides,
  });

  it.each([
    [
      'a wrong current one',
      { current_password: 'yanlış-parola' },
      'Şu anki parolanızı yanlış yazdınız.',
    ],
    ['no current one', { current_password: '' }, 'Şu anki parola gerekli.'],
    [
      'a short one',
      { new_password: 'kısa', new_password_again: 'kısa' },
      'Yeni parola en az 12 karakter olmalı.',
    ],
    [
      'a well-known one',
      {
        new_password: 'passwordpassword',
        new_password_again: 'passwordpassword',
      },
      'çok bilinen parolalardan',
    ],
    [
      'two that differ',
      { new_password_again: `${NEW_PASSWORD}!` },
      'İki yeni parola aynı değil',
    ],
  ])('stays as it is with %s', async (_, overrides, message) => {
    const page = await PageClient.signedIn(app.url);
    const before = page.session;
    const answer = await page.submit('/account', form(overrides));

    expect(answer.status).toBe(422);
    expect(answer.text).toContain(message);
    expect(answer.text).not.toContain(NEW_PASSWORD);
    expect(answer.text).not.toContain(ADMIN.password);
    expect(page.session).toBe(before);
    await PageClient.signedIn(app.url);
  });

  it('puts a wrong current one on record', async () => {
    const page = await PageClient.signedIn(app.url);
    await page.submit('/account', form({ current_password: 'yanlış' }));
    expect(await actions()).toContain('admin.password_change_failed');
  });

  it('is not changed without a CSRF token, nor from another site', async () => {
    const page = await PageClient.signedIn(app.url);
    const { text } = await page.get('/account');
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';

    expect((await page.post('/account', form())).status).toBe(403);
    const crossSite = await page.post(
      '/account',
      { _csrf, ...form() },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(crossSite.status).toBe(403);
    await PageClient.signedIn(app.url);
  });

  it('ends every session when it is changed, and goes on in a new one', async () => {
    const [page, other] = [
      await PageClient.signedIn(app.url),
      await PageClient.signedIn(app.url),
    ];
    const stolen = page.session;
    const answer = await page.submit('/account', form());

    expect([answer.status, answer.location]).toEqual([303, '/account']);
    expect(page.session).not.toBe(stolen);
    const shown = await page.get('/account');
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('Parolanız değiştirildi');
    expect(await other.get('/account')).toMatchObject({
      status: 303,
      location: '/login',
    });
    const thief = await fetch(`${app.url}/account`, {
      redirect: 'manual',
      headers: { cookie: `vr_session=${stolen}` },
    });
    expect(thief.status).toBe(303);
    const visitor = new PageClient(app.url);
    expect((await visitor.signIn(ADMIN.username, ADMIN.password)).status).toBe(
      401,
    );
    expect((await visitor.signIn(ADMIN.username, NEW_PASSWORD)).status).toBe(
      303,
    );
    const rows = await sql<{ action: string; target: string }>(
      app.databaseFile,
      "SELECT action, target FROM audit_entries WHERE action = 'admin.password_changed'",
    );
    expect(rows).toEqual([
      { action: 'admin.password_changed', target: 'admin:1' },
    ]);
    await visitor.submit('/account', {
      current_password: NEW_PASSWORD,
      new_password: ADMIN.password,
      new_password_again: ADMIN.password,
    });
  });

  it('is not open to guessing: the tries count as those at the sign-in do', async () => {
    const other = await TestApp.start();
    try {
      await other.nest.get(AdminsService).create(ADMIN);
      const page = await PageClient.signedIn(other.url);
      const { text } = await page.get('/account');
      const _csrf = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, turn) =>
          page.post('/account', {
            _csrf,
            ...form({ current_password: `yanlış-${turn}` }),
          }),
        ),
      );
      const judged = answers.filter(({ status }) => status === 422);
      const refused = answers.filter(({ status }) => status === 429);
      expect(judged.length + refused.length).toBe(12);
      // Five are free; then one more for each second that the twelve take to arrive.
      expect(judged.length).toBeLessThanOrEqual(7);
      for (const answer of refused) {
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(answer.text).toContain('Çok fazla deneme yapıldı');
      }
    } finally {
      await other.stop();
    }
  });
});

describe('the own sessions', () => {
  let page: PageClient;
  let phone: PageClient;

  beforeEach(async () => {
    await sql(app.databaseFile, 'DELETE FROM admin_sessions');
    page = await PageClient.signedIn(app.url);
    phone = await PageClient.signedIn(app.url, ADMIN, PHONE);
  });

  it('are listed with browser and address, and say which one is this', async () => {
    const { text } = await page.get('/account');
    const rows = text.split('<tr>').slice(2);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('Firefox, Linux');
    expect(rows[0]).toContain('Bu oturum');
    expect(rows[0]).not.toContain('Oturumu kapat');
    expect(rows[1]).toContain('Safari, iPhone');
    expect(rows[1]).toContain('127.0.0.1');
    expect(rows[1]).toMatch(/\d\d\.\d\d\.\d{4} \d\d:\d\d/);
    expect(text).not.toContain(String(phone.session).split('.')[0]);
  });

  it('can be ended one by one', async () => {
    const { text } = await page.get('/account');
    const session = /name="session" value="(\w+)"/.exec(text)?.[1] ?? '';
    const answer = await page.submit(
      '/account/sessions/end',
      { session },
      '/account',
    );
    expect([answer.status, answer.location]).toEqual([303, '/account']);
    expect((await phone.get('/')).status).toBe(303);
    expect((await page.get('/')).status).toBe(200);
    expect((await actions())[0]).toBe('admin.session_ended');
  });

  it('can be ended all but this one', async () => {
    const third = await PageClient.signedIn(app.url);
    await page.submit('/account/sessions/end-others', {}, '/account');
    expect((await phone.get('/')).status).toBe(303);
    expect((await third.get('/')).status).toBe(303);
    expect((await page.get('/account')).text).toContain(
      'Diğer bütün oturumlarınız kapatıldı.',
    );
    expect((await actions())[0]).toBe('admin.sessions_ended');
  });

  it("are out of another admin's reach", async () => {
    const someone = { username: 'baska', password: 'bambaşka-bir-parola' };
    await app.nest.get(AdminsService).create(someone);
    const other = await PageClient.signedIn(app.url, someone);
    const { text } = await page.get('/account');
    const session = /name="session" value="(\w+)"/.exec(text)?.[1] ?? '';
    await other.submit('/account/sessions/end', { session }, '/account');
    await other.submit('/account/sessions/end-others', {}, '/account');
    expect((await page.get('/')).status).toBe(200);
    expect((await phone.get('/')).status).toBe(200);
  });

  it('keep at most 255 characters of what the browser calls itself', async () => {
    await PageClient.signedIn(app.url, ADMIN, 'x'.repeat(2_000));
    const rows = await sql<{ length: number }>(
      app.databaseFile,
      'SELECT max(length(user_agent)) AS length FROM admin_sessions',
    );
    expect(rows).toEqual([{ length: 255 }]);
    expect((await page.get('/account')).text).toContain('Bilinmeyen tarayıcı');
  });
});
