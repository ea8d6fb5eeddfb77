import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS } from '../../src/audit/audit-actions.js';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { Scope } from '../../src/auth/scope.js';
import { LOCALES } from '../../src/common/i18n/locale.js';
import { auditSentence } from '../../src/pages/dashboard/audit/audit-sentence.js';
import { pageText } from '../../src/pages/page-texts.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import { ADMIN } from '../helpers/dashboard.js';
import { PageClient } from '../helpers/page-client.js';
import { TestApp } from '../helpers/test-app.js';

const SECRETS = {
  password: 'canary-parola',
  key: `sk-canary-${'1'.repeat(20)}`,
};

describe(auditSentence.name, () => {
  it.each(
    LOCALES.flatMap((locale) => AUDIT_ACTIONS.map((a) => [locale, a] as const)),
  )('knows in %s what %s means, with names and without', (locale, action) => {
    expect(pageText(locale, `audit.actions.${action}`)).toBeTruthy();
    const entry = { action, actor: 'admin:1', target: 'tenant:7', fields: [] };
    const names = new Map([
      ['admin:1', 'zeynep'],
      ['tenant:7', 'Güneş'],
    ]);
    for (const known of [names, new Map<string, string>()]) {
      const text = auditSentence(locale, entry, known)
        .map((part) => part.text)
        .join('');
      expect(text).not.toMatch(/[{}]/);
      expect(text).toContain(known.size > 0 ? 'zeynep' : '1');
    }
  });
});

describe('/audit', () => {
  let app: TestApp;
  let page: PageClient;
  let tenantId: number;

  beforeAll(async () => {
    app = await TestApp.start();
    await app.nest.get(AdminsService).create(ADMIN);
    page = await PageClient.signedIn(app.url);
    const created = await page.submit('/tenants/new', {
      ...tenantFactory.build({
        business_name: 'Güneş <b>Diş</b> Kliniği',
        openai_api_key: SECRETS.key,
        password: SECRETS.password,
      }),
      system_prompt: 'Sen bir sanal resepsiyonistsin.',
    });
    tenantId = Number(created.location?.split('/')[2]);
  });
  afterAll(() => app.stop());

  async function sentences(query = ''): Promise<string[]> {
    const { status, text } = await page.get(`/audit${query}`);
    expect(status).toBe(200);
    return [...text.matchAll(/<th scope="row">(.*?)<\/th>/gs)].map(([, cell]) =>
      String(cell).replaceAll(/<\/?(?:strong|bdi|a)[^>]*>/g, ''),
    );
  }

  it('says who did what in plain Turkish, with the names of today', async () => {
    const edit = await page.get(`/tenants/${tenantId}/edit`);
    const username = /name="username"[^>]* value="([^"]+)"/.exec(
      edit.text,
    )?.[1];
    const saved = await page.submit(`/tenants/${tenantId}/edit`, {
      username: username ?? '',
      business_name: 'Güneş Diş Kliniği',
      password: 'canary-yeni-parola',
      openai_api_key: '',
      system_prompt: 'Sen bir sanal resepsiyonistsin.',
    });
    expect(saved.status).toBe(303);
    expect(await sentences(`?target=tenant:${tenantId}`)).toEqual([
      'zeynep, Güneş Diş Kliniği müşterisinin parolasını ve işletme adını değiştirdi',
      'zeynep, Güneş Diş Kliniği müşterisini ekledi',
    ]);
    const { text } = await page.get('/audit');
    expect(text).toContain('127.0.0.1');
    expect(text).toContain(`href="/tenants/${tenantId}"`);
    expect(text).toContain(saved.headers.get('x-request-id'));
    expect(text).not.toContain('canary');
  });

  it('is linked from the tenant', async () => {
    const { text } = await page.get(`/tenants/${tenantId}`);
    expect(text).toContain(`href="/audit?target=tenant:${tenantId}"`);
  });

  it('speaks English', async () => {
    const { text } = await page.get('/audit');
    expect(text).toContain('lang="tr"');
    await page.submit('/language', { locale: 'en', back: '/audit' }, '/audit');
    expect(await sentences(`?target=tenant:${tenantId}`)).toContain(
      'zeynep added the tenant Güneş Diş Kliniği',
    );
    await page.submit('/language', { locale: 'tr', back: '/audit' }, '/audit');
  });

  it('filters by action, actor and tenant, and empty fields ask for everything', async () => {
    const token = await app.token([Scope.TenantsWrite]);
    await fetch(`${app.url}/api/tenants/${tenantId}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ business_name: 'Ay Diş' }),
    });
    const everything = await sentences();
    expect(await sentences('?action=&actor=&tenant=')).toEqual(everything);
    expect(await sentences(`?actor=token:${token.slice(3, 11)}`)).toEqual([
      '“test” API anahtarı, Ay Diş müşterisinin işletme adını değiştirdi',
    ]);
    expect(
      await sentences(`?action=tenant.created&tenant=${tenantId}`),
    ).toEqual(['zeynep, Ay Diş müşterisini ekledi']);
    expect(await sentences('?action=keys.retired')).toEqual([]);
    const { text } = await page.get(`/audit?tenant=${tenantId}`);
    expect(text).toContain(`value="${tenantId}"`);
  });

  it('calls a deleted tenant by its number', async () => {
    const created = await page.submit('/tenants/new', {
      ...tenantFactory.build(),
      system_prompt: 'Sen bir sanal resepsiyonistsin.',
    });
    const id = Number(created.location?.split('/')[2]);
    await page.submit(`/tenants/${id}/delete`, {});
    expect(await sentences(`?target=tenant:${id}`)).toEqual([
      `zeynep, ${id} numaralı müşteriyi çöp kutusuna taşıdı`,
      `zeynep, ${id} numaralı müşteriyi ekledi`,
    ]);
  });

  it.each(['tenant=abc', 'action=nope', 'actor=%3Cscript%3E', 'before=-1'])(
    'answers 422 to %s, in the page',
    async (query) => {
      const { status, text } = await page.get(`/audit?${query}`);
      expect(status).toBe(422);
      expect(text).toContain('role="alert"');
      expect(text).toContain('action="/audit"');
      expect(text).not.toContain('<script>');
    },
  );

  it('goes back page by page, each entry once', async () => {
    const token = await app.token([Scope.TenantsWrite]);
    for (let turn = 0; turn < 60; turn += 1)
      await fetch(`${app.url}/api/tenants/${tenantId}`, {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ business_name: `Ad ${turn}` }),
      });
    const first = await page.get(`/audit?actor=token:${token.slice(3, 11)}`);
    const older = /href="([^"]+)" rel="next"/.exec(first.text)?.[1];
    const second = await page.get(
      (older ?? '').replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
    );
    expect(requests(first.text)).toHaveLength(50);
    expect(requests(second.text)).toHaveLength(10);
    expect(
      new Set([...requests(first.text), ...requests(second.text)]).size,
    ).toBe(60);
    expect(second.text).not.toContain('rel="next"');
  });

  it('needs a session', async () => {
    expect(await new PageClient(app.url).get('/audit')).toMatchObject({
      status: 303,
      location: '/login',
    });
  });
});

/** The request ids on a page. */
function requests(text: string): (string | undefined)[] {
  return [...text.matchAll(/<code>([\w-]{36})<\/code>/g)].map(([, id]) => id);
}
