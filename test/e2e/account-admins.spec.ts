import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { CryptoService } from '../../src/security/crypto.service.js';
import { AccountsService } from '../../src/sign-in/accounts.service.js';
import { ADMIN } from '../helpers/dashboard.js';
import { PageClient } from '../helpers/page-client.js';
import { sql } from '../helpers/test-database.js';
import { TestApp } from '../helpers/test-app.js';

const MEHMET = { username: 'mehmet', password: 'çınar-altında-çay' };

let app: TestApp;
let page: PageClient;

beforeAll(async () => {
  app = await TestApp.start();
  await app.nest.get(AdminsService).create(ADMIN);
  page = await PageClient.signedIn(app.url);
});
afterAll(() => app.stop());

async function idOf(username: string): Promise<number> {
  const [row] = await sql<{ id: number }>(
    app.databaseFile,
    'SELECT id FROM admins WHERE username = ?',
    [username],
  );
  return row?.id ?? 0;
}

describe('/admins', () => {
  it('adds an admin, who can sign in', async () => {
    const answer = await page.submit('/admins/new', MEHMET);
    expect([answer.status, answer.location]).toEqual([303, '/admins']);
    const { text } = await page.get('/admins');
    expect(text).toContain('Yönetici eklendi.');
    expect(text).toContain('mehmet');
    expect(text).toContain('Henüz yok');
    await PageClient.signedIn(app.url, MEHMET);
    expect((await page.get('/admins')).text).not.toContain('Henüz yok');
  });

  it.each([
    ['a taken name', MEHMET, 409, 'Bu kullanıcı adı zaten kullanılıyor'],
    [
      'a weak password',
      { username: 'ayse', password: 'cılız' },
      422,
      'Parola en az 12 karakter olmalı.',
    ],
    [
      'a well-known password',
      { username: 'ayse', password: 'password1234' },
      422,
      'çok bilinen parolalardan',
    ],
    [
      'a bad name',
      { username: 'ayşe', password: MEHMET.password },
      422,
      'yalnızca İngilizce harfler',
    ],
  ])('refuses %s', async (_, form, status, message) => {
    const answer = await page.submit('/admins/new', form);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(message);
    expect(answer.text).toContain(`value="${form.username}"`);
    expect(answer.text).not.toContain(form.password);
  });

  it('ends the sessions of a disabled admin at once, and takes no password of theirs', async () => {
    const theirs = await PageClient.signedIn(app.url, MEHMET);
    const id = await idOf('mehmet');
    expect((await page.get(`/admins/${id}/disable`)).text).toContain('mehmet');
    await page.submit(`/admins/${id}/disable`, {});

    expect(await theirs.get('/')).toMatchObject({
      status: 303,
      location: '/login',
    });
    const visitor = new PageClient(app.url);
    const disabled = await visitor.signIn(MEHMET.username, MEHMET.password);
    const wrong = await visitor.signIn(ADMIN.username, 'yanlış-parola');
    expect([disabled.status, wrong.status]).toEqual([401, 401]);
    const message = 'Kullanıcı adı veya parola yanlış.';
    expect(disabled.text).toContain(message);
    expect(wrong.text).toContain(message);
    expect(
      disabled.text
        .replace(/value="mehmet"/, 'value="zeynep"')
        .replaceAll(/value="[\w-]{43}"/g, ''),
    ).toBe(wrong.text.replaceAll(/value="[\w-]{43}"/g, ''));
    expect((await page.get('/admins')).text).toContain('Devre dışı');
  });

  it('does the work of an admin’s and of a tenant’s password at every failure, for a disabled admin too', async () => {
    const accounts = app.nest.get(AccountsService);
    const verify = vi.spyOn(app.nest.get(CryptoService), 'verifyPassword');
    try {
      for (const username of ['mehmet', 'zeynep', 'nobody-at-all']) {
        verify.mockClear();
        const found = await accounts.findByUsername(username);
        expect(await accounts.open(found, MEHMET.password)).toBe(undefined);
        expect(verify).toHaveBeenCalledTimes(2);
      }
    } finally {
      verify.mockRestore();
    }
  });

  it('enables an admin again, whose old sessions stay ended', async () => {
    const id = await idOf('mehmet');
    await page.submit(`/admins/${id}/enable`, {}, '/admins');
    const rows = await sql(
      app.databaseFile,
      'SELECT 1 FROM admin_sessions WHERE admin_id = ?',
      [id],
    );
    expect(rows).toEqual([]);
    await PageClient.signedIn(app.url, MEHMET);
    const actions = await sql<{ action: string }>(
      app.databaseFile,
      "SELECT action FROM audit_entries WHERE target = ? AND actor = 'admin:1' ORDER BY id",
      [`admin:${id}`],
    );
    expect(actions.map(({ action }) => action)).toEqual([
      'admin.created',
      'admin.disabled',
      'admin.enabled',
    ]);
  });

  it('lets nobody disable oneself', async () => {
    const id = await idOf(ADMIN.username);
    const { text } = await page.get(`/admins/${id}/disable`);
    expect(text).toContain('Kendinizi devre dışı bırakamazsınız.');
    const answer = await page.submit(`/admins/${id}/disable`, {}, '/admins');
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('son etkin yöneticiyi');
    expect((await page.get('/admins')).status).toBe(200);
  });

  it('keeps one active admin, however two disable each other', async () => {
    const [one, two] = [await idOf(ADMIN.username), await idOf('mehmet')];
    const theirs = await PageClient.signedIn(app.url, MEHMET);
    const answers = await Promise.all([
      page.submit(`/admins/${two}/disable`, {}),
      theirs.submit(`/admins/${one}/disable`, {}),
    ]);
    const done = answers.filter(({ location }) => location === '/admins');
    const [row] = await sql<{ active: number }>(
      app.databaseFile,
      'SELECT count(*) AS active FROM admins WHERE disabled_at IS NULL',
    );
    expect(done).toHaveLength(1);
    expect(row?.active).toBe(1);

    const survivor = done[0] === answers[0] ? page : theirs;
    await survivor.submit(
      `/admins/${done[0] === answers[0] ? two : one}/enable`,
      {},
      '/admins',
    );
    page = await PageClient.signedIn(app.url);
  });

  it('needs a session, a CSRF token and a number that exists', async () => {
    const id = await idOf('mehmet');
    const visitor = new PageClient(app.url);
    for (const path of ['/admins', '/admins/new', `/admins/${id}/disable`])
      expect(await visitor.get(path)).toMatchObject({
        status: 303,
        location: '/login',
      });
    for (const path of ['new', `${id}/disable`, `${id}/enable`])
      expect((await page.post(`/admins/${path}`, MEHMET)).status).toBe(403);
    for (const bad of ['999', '0', '01', 'x', '1e0', '9'.repeat(30)])
      expect((await page.get(`/admins/${bad}/disable`)).status).toBe(404);
    expect((await page.get('/admins')).text).not.toContain('Devre dışı<');
  });
});
