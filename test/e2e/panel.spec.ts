import { compareSync, hashSync } from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import {
  SignInFailedError,
  SignInRequiredError,
} from '../../src/auth/auth.errors.js';
import { CryptoService } from '../../src/security/crypto.service.js';
import { TenantSessionsService } from '../../src/tenant-auth/sessions/tenant-sessions.service.js';
import { TenantAccountsService } from '../../src/tenants/accounts/tenant-accounts.service.js';
import { openAiKeyPlace } from '../../src/tenants/tenant.entity.js';
import type { Answer } from '../helpers/answer.js';
import { ApiClient } from '../helpers/api-client.js';
import { legacy } from '../helpers/legacy.js';
import type { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';
import {
  newVisitor,
  startOnLegacyTenants,
  tenantVisitor,
} from '../helpers/tenant-visitor.js';
import { cookiesOf, type Visitor } from '../helpers/visitor.js';

const [AHMET, SULE, AVUKAT] = legacy.tenants;
if (!AHMET || !SULE || !AVUKAT) throw new Error('the fixture has changed');
const ADMIN = { username: 'yonetici', password: 'uzun-ve-gizli-parola-7' };
const NEW_KEY = 'sk-panel-kanaryasi-00000000-9z9Z';
const NEW_PASSWORD = 'yeni-parola-şğü';
const KEY_COLUMNS =
  'openai_api_key, openai_api_key_kid, openai_api_key_mac, openai_api_key_hint';

interface AuditRow {
  actor: string;
  action: string;
  target: string | null;
  fields: string;
}

/** Of cost 12, whose making would take half a second each time. */
let known: { password: string; hash: string };
let admin: Visitor;
let app: TestApp;
let database: TestDatabase;
let client: ApiClient;
const visitors: Visitor[] = [];

beforeAll(async () => {
  app = await startOnLegacyTenants({ hashCost: 12 });
  database = new TestDatabase(app.databaseFile);
  client = await ApiClient.of(app, await app.token());
  known = {
    password: SULE.password,
    hash: (await database.tenant(SULE.id)).password_hash,
  };
  await app.nest.get(AdminsService).create(ADMIN);
  admin = newcomer();
  await admin.signIn(ADMIN.username, ADMIN.password);
});
afterAll(async () => {
  await database.close();
  await app.stop();
});

function newcomer(): Visitor {
  const visitor = newVisitor(app);
  visitors.push(visitor);
  return visitor;
}

async function signedIn(id: number): Promise<Visitor> {
  const visitor = await tenantVisitor(app, id);
  visitors.push(visitor);
  return visitor;
}

async function row(id: number): Promise<Record<string, unknown>> {
  return { ...(await database.tenant(id)) };
}

async function audited(since: number): Promise<AuditRow[]> {
  return database.all<AuditRow>(
    'SELECT actor, action, target, fields FROM audit_entries WHERE id > ? ORDER BY id',
    since,
  );
}

async function auditEnd(): Promise<number> {
  const [last] = await database.all<{ id: number }>(
    'SELECT max(id) AS id FROM audit_entries',
  );
  return last?.id ?? 0;
}

/** The value of a form field on a page. */
function fieldOf({ text }: Answer, name: string): string | undefined {
  return new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(text)?.[1];
}

async function expectSignedOut(visitor: Visitor): Promise<void> {
  const answer = await visitor.get('/panel');
  expect([answer.status, answer.header('location'), answer.text]).toEqual([
    303,
    '/login',
    '',
  ]);
}

async function addTenant(
  username: string,
  passwordHash: string,
  status = 'active',
): Promise<number> {
  return database.run(
    `INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt, status)
     VALUES (?, ?, ?, '', 'Yeterince uzun talimat', ?)`,
    username,
    passwordHash,
    `İşletme ${username}`,
    status,
  );
}

describe('a tenant of the old application', () => {
  let visitor: Visitor;

  it('signs in at the form that admins use, with its old password, and comes to its panel', async () => {
    visitor = newcomer();
    const before = await auditEnd();
    const answer = await visitor.signIn(AHMET.username, AHMET.password);
    expect([answer.status, answer.header('location')]).toEqual([303, '/panel']);
    expect(cookiesOf(answer).map(({ name }) => name)).toEqual([
      'vr_tenant_session',
      'vr_device',
    ]);
    expect(cookiesOf(answer)[0]?.attributes).toEqual({
      path: '/',
      httponly: '',
      samesite: 'Lax',
    });
    expect(await audited(before)).toEqual([
      {
        actor: 'tenant:1',
        action: 'tenant.signed_in',
        target: 'tenant:1',
        fields: '',
      },
    ]);
  });

  it('signs in in any case of its name, and with Turkish letters in its password', async () => {
    const answer = await newcomer().signIn('aVUKAT.ozturk', AVUKAT.password);
    expect([answer.status, answer.header('location')]).toEqual([303, '/panel']);
  });

  it('sees its business, its prompt and the end of its key, and no more of it', async () => {
    const page = await visitor.get('/panel');
    expect(page.status).toBe(200);
    expect(page.text).toContain('<h1 class="page-title"><bdi>Ahmet Diş');
    expect(fieldOf(page, 'business_name')).toBe(AHMET.business_name);
    expect(page.text).toContain('Pazar günleri kapalıyız.</textarea>');
    expect(page.text).toContain(`•••• ${AHMET.openai_api_key.slice(-4)}`);
    expect(page.text).toContain(`<bdi>${AHMET.username}</bdi>`);
    expect(page.text).not.toContain('name="username"');
    expect(fieldOf(page, 'openai_api_key')).toBeUndefined();
    expect(page.text).not.toMatch(/href="\/(?:tokens|audit|admins|tenants)?"/);
  });

  it('changes its name, its prompt and its key', async () => {
    const before = await auditEnd();
    const saved = await visitor.post('/panel', {
      version: '1',
      business_name: 'Ahmet Ağız ve Diş',
      system_prompt: 'Cumartesi de açığız.\r\nNazik ol.',
      openai_api_key: NEW_KEY,
    });
    expect([saved.status, saved.header('location')]).toEqual([303, '/panel']);
    expect((await visitor.get('/panel')).text).toContain(
      'Değişiklikler kaydedildi.',
    );
    const { tenant } = await client.get('/api/tenants/1');
    expect(tenant).toMatchObject({
      username: AHMET.username,
      business_name: 'Ahmet Ağız ve Diş',
      system_prompt: 'Cumartesi de açığız.\nNazik ol.',
      openai_api_key_hint: '9z9Z',
      openai_api_key_state: 'ok',
      version: 2,
    });
    const { openai_api_key: token, ...rest } = await row(1);
    const opened = app.nest.get(CryptoService).decrypt(
      {
        token: String(token),
        kid: String(rest.openai_api_key_kid),
        mac: String(rest.openai_api_key_mac),
      },
      openAiKeyPlace(1),
    );
    expect(opened.state === 'ok' && opened.secret.reveal()).toBe(NEW_KEY);
    expect(await audited(before)).toEqual([
      {
        actor: 'tenant:1',
        action: 'tenant.updated',
        target: 'tenant:1',
        fields: 'business_name,openai_api_key,system_prompt',
      },
    ]);
  });

  it('keeps its key when the field is empty', async () => {
    const keys = `SELECT ${KEY_COLUMNS} FROM tenants WHERE id = 1`;
    const before = await database.all(keys);
    const saved = await visitor.post('/panel', {
      business_name: 'Ahmet Diş',
      system_prompt: 'Cumartesi de açığız.\r\nNazik ol.',
      openai_api_key: '',
    });
    expect(saved.status).toBe(303);
    expect(await database.all(keys)).toEqual(before);
  });

  it('gets a refused form back with what was typed, and without the key', async () => {
    const before = await row(1);
    const answer = await visitor.post('/panel', {
      business_name: ' ',
      system_prompt: 'kısa',
      openai_api_key: 'sk-kısa ş',
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('İşletme adı yalnızca boşluklardan oluşamaz');
    expect(answer.text).toContain('Sistem talimatı en az 10 karakter olmalı');
    expect(answer.text).toContain('kısa</textarea>');
    expect(answer.text).not.toContain('sk-kısa');
    expect(await row(1)).toEqual(before);
  });

  it('changes nothing that is not its own to change', async () => {
    const before = await row(1);
    const answer = await visitor.post('/panel', {
      business_name: String(before.business_name),
      system_prompt: String(before.system_prompt),
      id: '2',
      username: 'baska-ad',
      password: 'baska-parola',
      status: 'suspended',
      openai_api_key_hint: 'xxxx',
    });
    expect(answer.status).toBe(303);
    expect(await row(1)).toEqual(before);
  });

  it('is shown both versions when it was changed elsewhere meanwhile, and overwrites nothing unseen', async () => {
    const { version } = (await client.get('/api/tenants/1')).tenant;
    await client.patch('/api/tenants/1', { system_prompt: 'Yönetici yazdı.' });
    const form = {
      version: String(version),
      business_name: 'Ahmet Diş',
      system_prompt: 'Müşteri <b>yazdı</b>.',
    };
    const conflict = await visitor.post('/panel', form);
    expect(conflict.status).toBe(409);
    expect(conflict.text).toContain('Yönetici yazdı.</div>');
    expect(conflict.text).toContain('Müşteri &lt;b&gt;yazdı&lt;/b&gt;.</div>');
    expect(fieldOf(conflict, 'version')).toBe(String(version + 1));
    expect((await row(1)).system_prompt).toBe('Yönetici yazdı.');
    const insisted = { ...form, version: String(version + 1) };
    expect((await visitor.post('/panel', insisted)).status).toBe(303);
    expect((await row(1)).system_prompt).toBe('Müşteri <b>yazdı</b>.');
  });

  it('changes its password, which ends its other sessions', async () => {
    const other = await signedIn(1);
    const stolen = visitor.cookies.get('vr_tenant_session');
    const before = await auditEnd();
    const { version } = await row(1);
    const answer = await visitor.post('/panel/password', {
      current_password: AHMET.password,
      new_password: NEW_PASSWORD,
      new_password_again: NEW_PASSWORD,
    });
    expect([answer.status, answer.header('location')]).toEqual([
      303,
      '/panel/password',
    ]);
    expect(visitor.cookies.get('vr_tenant_session')).not.toBe(stolen);
    expect((await visitor.get('/panel/password')).text).toContain(
      'Parolanız değiştirildi; diğer oturumlarınız kapatıldı.',
    );
    await expectSignedOut(other);
    const thief = newcomer();
    thief.cookies.set('vr_tenant_session', stolen ?? '');
    await expectSignedOut(thief);
    expect(await audited(before)).toEqual([
      {
        actor: 'tenant:1',
        action: 'tenant.updated',
        target: 'tenant:1',
        fields: 'password',
      },
    ]);
    expect((await row(1)).version).toBe(Number(version) + 1);
    const again = newcomer();
    expect((await again.signIn(AHMET.username, AHMET.password)).status).toBe(
      401,
    );
    expect((await again.signIn(AHMET.username, NEW_PASSWORD)).status).toBe(303);
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
      { new_password: 'kısa5', new_password_again: 'kısa5' },
      'Yeni parola en az 6 karakter olmalı.',
    ],
    [
      'one of more than 72 bytes',
      { new_password: 'ş'.repeat(37), new_password_again: 'ş'.repeat(37) },
      'Yeni parola en fazla 72 bayt olabilir',
    ],
    [
      'two that differ',
      { new_password_again: 'başka-parola' },
      'İki yeni parola aynı değil',
    ],
  ])('keeps its password with %s', async (name, overrides, message) => {
    const before = await row(1);
    const end = await auditEnd();
    const answer = await visitor.post('/panel/password', {
      current_password: NEW_PASSWORD,
      new_password: 'bambaşka-parola',
      new_password_again: 'bambaşka-parola',
      ...overrides,
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(message);
    expect(answer.text).not.toMatch(/(?:bambaşka|başka|yanlış)-parola/);
    expect(await row(1)).toEqual(before);
    const actions = (await audited(end)).map(({ action }) => action);
    expect(actions).toEqual(
      name === 'a wrong current one' ? ['tenant.password_change_failed'] : [],
    );
    expect((await visitor.get('/panel')).status).toBe(200);
  });
});

describe('a hash of cost 10', () => {
  const password = 'eski-parola';

  it('is renewed at sign-in, once, and nothing else changes', async () => {
    const id = await addTenant('ucuz-ozet', hashSync(password, 10));
    const { password_hash: old, ...before } = await row(id);
    const end = await auditEnd();
    expect((await newcomer().signIn('ucuz-ozet', 'yanlış')).status).toBe(401);
    expect((await row(id)).password_hash).toBe(old);

    const first = newcomer();
    expect((await first.signIn('ucuz-ozet', password)).status).toBe(303);
    const { password_hash: renewed, ...after } = await row(id);
    expect(renewed).toMatch(/^\$2b\$12\$/);
    expect(compareSync(password, String(renewed))).toBe(true);
    expect(after).toEqual(before);

    const second = newcomer();
    expect((await second.signIn('ucuz-ozet', password)).status).toBe(303);
    expect((await row(id)).password_hash).toBe(renewed);
    expect((await first.get('/panel')).status).toBe(200);
    expect((await second.get('/panel')).status).toBe(200);
    const actions = (await audited(end)).map(({ action }) => action);
    expect(actions).toEqual([
      'admin.sign_in_failed',
      'tenant.hash_renewed',
      'tenant.signed_in',
      'tenant.signed_in',
    ]);
  });

  it('does not come back over a password that was changed since it was checked', async () => {
    const id = await addTenant('yaris', hashSync(password, 10));
    const accounts = app.nest.get(TenantAccountsService);
    const checked = await accounts.findById(id);
    if (checked === null) throw new Error('not stored');
    const other = hashSync('baska-parola', 4);
    await database.run(
      'UPDATE tenants SET password_hash = ? WHERE id = ?',
      other,
      id,
    );
    const end = await auditEnd();
    const from = { address: '', userAgent: null };
    await expect(
      app.nest.get(TenantSessionsService).start(checked, password, from),
    ).rejects.toBeInstanceOf(SignInFailedError);
    await expect(
      accounts.changePassword(checked, 'yine-baska', () => Promise.resolve()),
    ).rejects.toBeInstanceOf(SignInRequiredError);
    expect((await row(id)).password_hash).toBe(other);
    expect(await audited(end)).toEqual([]);
  });
});

describe('sign-in', () => {
  it('answers the same to an unknown name and to wrong passwords of every kind of account, one audit entry each', async () => {
    await addTenant('askida-biri', hashSync('dogru-parola', 4), 'suspended');
    await addTenant('bos-ozet', '');
    const shapes: unknown[] = [];
    for (const username of [
      'boyle-biri-yok',
      SULE.username,
      SULE.username.toUpperCase(),
      'askida-biri',
      'bos-ozet',
      ADMIN.username,
      'x'.repeat(5_000),
    ]) {
      const visitor = newcomer();
      const end = await auditEnd();
      const answer = await visitor.signIn(username, 'yanlış-parola');
      expect(answer.status).toBe(401);
      expect([...visitor.cookies.keys()]).toEqual(['vr_visitor']);
      const text = answer.text
        .replaceAll(username, 'NAME')
        .replaceAll(visitor.csrfToken, 'TOKEN');
      shapes.push([text, Object.keys(answer.headers).toSorted()]);
      expect(await audited(end)).toEqual([
        {
          actor: 'visitor',
          action: 'admin.sign_in_failed',
          target: null,
          fields: '',
        },
      ]);
    }
    for (const shape of shapes) expect(shape).toEqual(shapes[0]);
  });

  it('opens the account whose password is given where an admin and a tenant have one name', async () => {
    await addTenant(ADMIN.username, known.hash);
    const asAdmin = await newcomer().signIn(ADMIN.username, ADMIN.password);
    expect(asAdmin.header('location')).toBe('/');
    const tenant = await newcomer().signIn(ADMIN.username, known.password);
    expect(tenant.header('location')).toBe('/panel');
    const nobody = await newcomer().signIn(ADMIN.username, 'baska-bir-sey');
    expect(nobody.status).toBe(401);
  });

  it('tells names apart that differ in case alone, and guesses at none of them', async () => {
    const [upper, lower] = [
      await addTenant('Ikiz', known.hash),
      await addTenant('ikiz', known.hash),
    ];
    for (const [name, id] of [
      ['Ikiz', upper],
      ['ikiz', lower],
    ] as const) {
      const visitor = newcomer();
      await visitor.signIn(name, known.password);
      const page = await visitor.get('/panel');
      expect(fieldOf(page, 'business_name')).toBe(
        (await row(id)).business_name,
      );
    }
    expect((await newcomer().signIn('IKIZ', known.password)).status).toBe(401);
  });

  it('of one kind ends the session of the other in this browser, under its own name', async () => {
    const visitor = await signedIn(2);
    await visitor.get('/login');
    const tenantCookie = visitor.cookies.get('vr_tenant_session') ?? '';
    const end = await auditEnd();
    await visitor.post('/login', { ...ADMIN });
    expect(visitor.cookies.has('vr_tenant_session')).toBe(false);
    expect((await visitor.get('/')).status).toBe(200);
    expect(await visitor.get('/panel')).toMatchObject({ status: 303 });
    const copy = newcomer();
    copy.cookies.set('vr_tenant_session', tenantCookie);
    await expectSignedOut(copy);
    expect(
      (await audited(end)).map(({ actor, action }) => [actor, action]),
    ).toEqual([
      ['admin:1', 'admin.signed_in'],
      ['tenant:2', 'tenant.signed_out'],
    ]);

    const adminCookie = visitor.cookies.get('vr_session') ?? '';
    await visitor.post('/login', {
      username: SULE.username,
      password: SULE.password,
    });
    expect(visitor.cookies.has('vr_session')).toBe(false);
    expect((await visitor.get('/panel')).status).toBe(200);
    const thief = newcomer();
    thief.cookies.set('vr_session', adminCookie);
    expect((await thief.get('/')).header('location')).toBe('/login');
  });

  it('shares its limit with the password form, whichever way the guesses come', async () => {
    const id = await addTenant('hedef', known.hash);
    const visitor = await signedIn(id);
    // For the form's token.
    await visitor.get('/login');
    const guess = (turn: number) =>
      turn % 2 === 0
        ? visitor.post('/panel/password', {
            current_password: `yanlış-${turn}`,
            new_password: NEW_PASSWORD,
            new_password_again: NEW_PASSWORD,
          })
        : visitor.post('/login', {
            username: 'Hedef',
            password: `tahmin${turn}`,
          });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, turn) => guess(turn)),
    );
    const refused = answers.filter(({ status }) => status === 429);
    // Three at the sign-in, which the other form has left none for, and one of the form's own; fewer if they arrive slowly.
    expect(refused.length).toBeGreaterThanOrEqual(2);
    for (const answer of refused)
      expect(Number(answer.header('retry-after'))).toBeGreaterThan(0);
    expect((await row(id)).version).toBe(1);
  });
});

describe('a suspended tenant', () => {
  let id: number;
  beforeAll(async () => {
    id = await addTenant('askida', known.hash);
  });

  const setStatus = (status: string) =>
    database.run('UPDATE tenants SET status = ? WHERE id = ?', status, id);

  it('is told so at sign-in when its password is right, and gets no session', async () => {
    await setStatus('suspended');
    const visitor = newcomer();
    const end = await auditEnd();
    const answer = await visitor.signIn('askida', known.password);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain(
      'Bu hesap askıya alınmış; hizmet sağlayıcınıza başvurun.',
    );
    expect(answer.text).toContain('action="/login"');
    expect(visitor.cookies.has('vr_tenant_session')).toBe(false);
    expect(await audited(end)).toEqual([
      {
        actor: `tenant:${id}`,
        action: 'tenant.sign_in_refused',
        target: `tenant:${id}`,
        fields: '',
      },
    ]);
    await setStatus('active');
  });

  it('is told so on every page of a session that it has, and goes on when it is activated', async () => {
    const visitor = await signedIn(id);
    await setStatus('suspended');
    const before = await row(id);
    for (const [method, path] of [
      ['get', '/panel'],
      ['get', '/panel/password'],
      ['post', '/panel'],
      ['post', '/panel/password'],
    ] as const) {
      const answer = await visitor[method](path);
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.text).toContain('Hesabınız askıya alındı');
      expect(answer.text).toContain('action="/panel/logout"');
      expect(answer.text).not.toContain('href="/tokens"');
    }
    expect(await row(id)).toEqual(before);
    const language = { locale: 'en', back: '/panel' };
    await visitor.post('/panel/language', language);
    expect((await visitor.get('/panel')).text).toContain('href="/panel"');
    expect((await visitor.get('/panel')).header('content-language')).toBe('en');
    await setStatus('active');
    expect((await visitor.get('/panel')).status).toBe(200);
    await setStatus('suspended');
    const left = await visitor.post('/panel/logout');
    expect([left.status, left.header('location')]).toEqual([303, '/login']);
    await setStatus('active');
    await expectSignedOut(visitor);
  });
});

describe('a session', () => {
  let id: number;
  beforeAll(async () => {
    id = await addTenant('oturum', known.hash);
  });

  it('ends with the sign-out, in every copy of the cookie', async () => {
    const visitor = await signedIn(id);
    const cookie = visitor.cookies.get('vr_tenant_session') ?? '';
    const end = await auditEnd();
    const answer = await visitor.post('/panel/logout');
    expect([answer.status, answer.header('location')]).toEqual([303, '/login']);
    expect(visitor.cookies.has('vr_tenant_session')).toBe(false);
    expect((await visitor.get('/login')).text).toContain(
      'Oturumunuz kapatıldı.',
    );
    const copy = newcomer();
    copy.cookies.set('vr_tenant_session', cookie);
    await expectSignedOut(copy);
    expect(await audited(end)).toEqual([
      {
        actor: `tenant:${id}`,
        action: 'tenant.signed_out',
        target: `tenant:${id}`,
        fields: '',
      },
    ]);
  });

  it('ends after half an hour without use, and after 12 hours', async () => {
    const visitor = await signedIn(id);
    const [stored] = await database.all<Record<string, string>>(
      'SELECT last_used_at, expires_at FROM tenant_sessions ORDER BY created_at DESC LIMIT 1',
    );
    const hours =
      Date.parse(`${stored?.expires_at}Z`) -
      Date.parse(`${stored?.last_used_at}Z`);
    expect(hours).toBe(12 * 3_600_000);
    for (const column of ['last_used_at', 'expires_at']) {
      for (const [minutes, status] of [
        [31, 303],
        [-29, 200],
      ] as const) {
        const then = new Date(Date.now() - minutes * 60_000)
          .toISOString()
          .replace('T', ' ')
          .replace('Z', '000');
        await database.run(`UPDATE tenant_sessions SET ${column} = ?`, then);
        expect((await visitor.get('/panel')).status).toBe(status);
      }
    }
  });

  it.each([
    [
      'the API',
      async () => {
        const answer = await client.patch(`/api/tenants/${id}`, {
          password: 'api-parolasi',
        });
        expect(answer.status).toBe(200);
      },
    ],
    [
      "an admin's form",
      async () => {
        const answer = await admin.post(`/tenants/${id}/edit`, {
          username: 'oturum',
          business_name: 'İşletme oturum',
          system_prompt: 'Yeterince uzun talimat',
          password: 'yonetici-verdi',
        });
        expect(answer.status).toBe(303);
      },
    ],
    [
      'the old application',
      async () => {
        await database.run(
          'UPDATE tenants SET password_hash = ? WHERE id = ?',
          known.hash,
          id,
        );
      },
    ],
  ])('ends when the password is changed by %s', async (_name, change) => {
    const visitor = await signedIn(id);
    expect((await visitor.get('/panel')).status).toBe(200);
    await change();
    await expectSignedOut(visitor);
    expect((await visitor.post('/panel', {})).status).toBe(303);
  });

  it('stays when anything else is changed', async () => {
    const visitor = await signedIn(id);
    await client.patch(`/api/tenants/${id}`, {
      username: 'oturum2',
      business_name: 'Başka ad',
      openai_api_key: NEW_KEY,
    });
    const page = await visitor.get('/panel');
    expect(page.status).toBe(200);
    expect(page.text).toContain('<bdi>oturum2</bdi>');
  });

  it('ends when the tenant is deleted, for good even if it is restored', async () => {
    const gone = await addTenant('gidici', known.hash);
    const visitor = await signedIn(gone);
    expect((await client.delete(`/api/tenants/${gone}`)).status).toBe(204);
    await expectSignedOut(visitor);
    const left = await database.all(
      'SELECT * FROM tenant_sessions WHERE tenant_id = ?',
      gone,
    );
    expect(left).toEqual([]);
    const restored = await client.send(
      'POST',
      `/api/tenants/bin/${gone}/restore`,
      { body: {} },
    );
    expect(restored.status).toBe(200);
    await expectSignedOut(visitor);
    expect((await (await signedIn(gone)).get('/panel')).status).toBe(200);
  });

  it('is kept only as a hash, and made-up ones open nothing', async () => {
    const visitor = await signedIn(id);
    const cookie = visitor.cookies.get('vr_tenant_session') ?? '';
    const [sessionId = '', signature = ''] = cookie.split('.');
    expect(sessionId.length).toBeGreaterThan(40);
    const rows = JSON.stringify(
      await database.all('SELECT * FROM tenant_sessions'),
    );
    expect(rows).not.toContain(sessionId);
    for (const forged of [
      '',
      'x',
      sessionId,
      `${sessionId}.`,
      `${sessionId}.${signature.slice(0, -1)}`,
      `${sessionId.slice(1)}a.${signature}`,
      'x'.repeat(4_000),
      '%zz',
    ]) {
      const thief = newcomer();
      thief.cookies.set('vr_tenant_session', forged);
      expect((await thief.get('/panel')).header('location')).toBe('/login');
    }
  });

  it('is worth nothing under the name of the other kind', async () => {
    const visitor = await signedIn(id);
    const crossed = newcomer();
    crossed.cookies.set(
      'vr_session',
      visitor.cookies.get('vr_tenant_session') ?? '',
    );
    crossed.cookies.set(
      'vr_tenant_session',
      admin.cookies.get('vr_session') ?? '',
    );
    for (const path of ['/', '/panel', '/account', '/panel/password'])
      expect((await crossed.get(path)).header('location')).toBe('/login');
    expect((await admin.get('/panel')).header('location')).toBe('/login');
    expect((await admin.get('/login')).header('location')).toBe('/');
    for (const path of ['/', '/tenants/1', '/nothing', '/panel/nothing'])
      expect((await visitor.get(path)).header('location')).toBe('/login');
    expect((await visitor.get('/login')).header('location')).toBe('/panel');
  });
});

describe('CSRF', () => {
  const FORMS = [
    '/panel',
    '/panel/password',
    '/panel/logout',
    '/panel/language',
  ];

  it.each(FORMS)('is refused at %s', async (path) => {
    const [visitor, other, someone] = [
      await signedIn(2),
      await signedIn(3),
      newcomer(),
    ];
    await someone.get('/login');
    const before = await row(2);
    const token = visitor.panelToken;
    for (const _csrf of [
      undefined,
      '',
      'x',
      other.panelToken,
      someone.csrfToken,
      `${token}x`,
      token.slice(0, -1),
    ]) {
      const answer = await visitor.post(path, {
        _csrf,
        business_name: 'Kaçak',
        system_prompt: 'Kaçak bir talimat',
      });
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('Form kabul edilmedi');
    }
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]) {
      const answer = await visitor.post(
        path,
        { business_name: 'Kaçak', system_prompt: 'Kaçak bir talimat' },
        headers,
      );
      expect(answer.status).toBe(403);
    }
    expect(await row(2)).toEqual(before);
    expect((await visitor.get('/panel')).status).toBe(200);
  });

  it('guards the language, which leads nowhere else', async () => {
    const visitor = await signedIn(2);
    for (const back of ['//evil.example', 'https://evil.example', '/\\x', '']) {
      const answer = await visitor.post('/panel/language', {
        locale: 'en',
        back,
      });
      expect([answer.status, answer.header('location')]).toEqual([303, '/']);
    }
    const page = await visitor.get('/panel/password');
    expect(page.header('content-language')).toBe('en');
    expect(page.text).toContain('Change my password');
  });
});

describe('the audit trail', () => {
  it('calls tenants by name, and offers them as actors only where a link names one', async () => {
    const own = await signedIn(3);
    await own.post('/panel', {
      business_name: 'Öztürk & Ortakları',
      system_prompt: AVUKAT.system_prompt,
    });
    const all = (await admin.get('/audit')).text;
    expect(all).toContain('Öztürk &amp; Ortakları');
    expect(all).toMatch(/müşterisi kendi <?[^<]*işletme adını değiştirdi/);
    expect(all).not.toContain('<option value="tenant:');
    const filtered = (await admin.get('/audit?actor=tenant:3')).text;
    expect(filtered).toContain(
      '<option value="tenant:3" selected>Öztürk &amp; Ortakları (müşterinin kendisi)</option>',
    );
    expect(filtered).not.toContain('<option value="tenant:1"');
    expect((await admin.get('/audit?actor=tenant:999')).text).toContain(
      '999 numaralı müşterinin kendisi',
    );
  });
});

describe('no answer', () => {
  it('has held a key, a password, a hash or a session of another', async () => {
    const rows = await database.all<Record<string, string | null>>(
      'SELECT password_hash, openai_api_key, openai_api_key_mac FROM tenants',
    );
    const answers = visitors.flatMap((visitor) => visitor.answers);
    expect(answers.length).toBeGreaterThan(150);
    const secrets = [
      ...legacy.tenants.flatMap(({ openai_api_key, password }) => [
        openai_api_key,
        password,
      ]),
      ...rows.flatMap((columns) => Object.values(columns)),
      NEW_KEY,
      NEW_PASSWORD,
      ADMIN.password,
      '$2b$',
      'gAAAA',
    ]
      .filter((secret) => secret !== null)
      // A word that stands on pages with good reason.
      .filter((secret) => secret !== '' && secret !== 'parola');
    for (const secret of secrets)
      for (const { everything } of answers)
        expect(everything.includes(secret)).toBe(false);
  });
});
