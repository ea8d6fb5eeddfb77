import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantFactory } from '../factories/tenant.factory.js';
import {
  horizontalOverflow,
  launchBrowser,
  type Misdeeds,
  newContext,
} from '../helpers/browser.js';
import { Dashboard, fillTenantForm, submit } from '../helpers/dashboard.js';
import { SIGNED_IN_PAGES } from './pages.js';

const TEXTS = {
  'a script': '<script>alert(1)</script>',
  'a handler in an attribute': `" onfocus=alert(1) autofocus x="' onmouseover='alert(1)`,
  'an end of everything':
    '</textarea></title></style></script><img src=x onerror=alert(1)>',
  'an entity': '&lt;b&gt; &amp;amp; &#x3c;script&#x3e;',
  'a template': '{{constructor.constructor "alert(1)"}} {{{body}}} {{> x}}',
  'a link': 'javascript:alert(1)//https://example.com/',
  'a bidi override': 'abc \u202egnp.exe\u2066 def',
  'right to left': 'عيادة الأسنان الشمسية – מרפאת שיניים',
  'combining marks': `Z${'\u0351\u0337'.repeat(60)} algo`,
  '255 characters without a blank': 'W'.repeat(255),
  '255 emoji': '🦷'.repeat(255),
};

const PAGES_WITH_TENANTS = [
  'list',
  'show',
  'edit',
  'delete',
  'conflict',
  'suspend many',
];
const PAGES_OF_THE_BIN = ['bin', 'restore', 'purge'];

let dashboard: Dashboard;
let browser: Browser;
let page: Page;
let misdeeds: Misdeeds;

beforeAll(async () => {
  [dashboard, browser] = await Promise.all([
    Dashboard.start(),
    launchBrowser(),
  ]);
  const made = await newContext(browser, {
    viewport: { width: 360, height: 740 },
  });
  ({ misdeeds } = made);
  page = await made.context.newPage();
  await dashboard.signIn(page);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

function expectNoMisdeeds(): void {
  expect(misdeeds).toEqual({
    dialogs: [],
    cspViolations: [],
    scriptErrors: [],
  });
}

describe('hostile text', () => {
  it('is noticed by these tests when it does run', async () => {
    const made = await newContext(browser);
    const probe = await made.context.newPage();
    await probe.goto(`${dashboard.url}/login`);
    await probe.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')`,
    );
    await expect
      .poll(() => made.misdeeds.cspViolations.length)
      .toBeGreaterThan(0);
    await probe.evaluate('void setTimeout(() => alert(1))');
    await expect.poll(() => made.misdeeds.dialogs).toEqual(['alert: 1']);
    await made.context.close();
  });

  it.each(Object.entries(TEXTS))('is shown as it is: %s', async (_, text) => {
    const id = await dashboard.addTenant(
      tenantFactory.build({
        business_name: text,
        system_prompt: text.padEnd(10),
      }),
    );

    for (const name of PAGES_WITH_TENANTS) {
      await SIGNED_IN_PAGES[name]?.(page, dashboard.url, id);
      expect((await horizontalOverflow(page)).culprits).toEqual([]);
    }
    await page.goto(`${dashboard.url}/tenants/${id}`);
    expect(await page.locator('h1').textContent()).toBe(text);
    expect(await page.locator('#prompt').textContent()).toBe(text.padEnd(10));
    expect(await page.title()).toContain(
      text.trim().slice(0, 20).split(' ')[0],
    );
    await page.goto(dashboard.url);
    expect(await page.locator('.app-row-link bdi').allTextContents()).toContain(
      text,
    );
    await page.goto(`${dashboard.url}/tenants/${id}/edit`);
    expect(await page.getByLabel('İşletme adı').inputValue()).toBe(text);
    expect(await page.getByLabel('Sistem talimatı').inputValue()).toBe(
      text.padEnd(10),
    );
    await page.goto(`${dashboard.url}/tenants/${id}/delete`);
    await submit(page, 'Evet, sil');
    for (const name of PAGES_OF_THE_BIN) {
      await SIGNED_IN_PAGES[name]?.(page, dashboard.url, id);
      expect((await horizontalOverflow(page)).culprits).toEqual([]);
      expect(await page.locator('main').textContent()).toContain(text);
    }
    await page.goto(
      `${dashboard.url}/?search=${encodeURIComponent(text.slice(0, 100))}`,
    );
    expect(await page.getByLabel('Müşteri ara').inputValue()).toBe(
      text.slice(0, 100),
    );
    expectNoMisdeeds();
  });

  it.each(Object.entries(TEXTS))(
    'comes back in the fields of a failed form: %s',
    async (_, text) => {
      await page.goto(`${dashboard.url}/tenants/new`);
      await fillTenantForm(page, {
        username: text,
        password: text,
        business_name: text,
        openai_api_key: `${text} ş`,
        system_prompt: text.slice(0, 9),
      });
      const answer = await submit(page, 'Kaydet');

      expect(answer.status()).toBe(422);
      expect(await page.getByLabel('Kullanıcı adı').inputValue()).toBe(text);
      expect(await page.getByLabel('İşletme adı').inputValue()).toBe(text);
      expect(await page.getByLabel('Parola').inputValue()).toBe('');
      expect((await horizontalOverflow(page)).culprits).toEqual([]);
      expectNoMisdeeds();
    },
  );

  it('is shown as it is on the sign-in page and in addresses', async () => {
    const { context, misdeeds: seen } = await newContext(browser);
    const visitor = await context.newPage();
    const text = TEXTS['an end of everything'];
    await visitor.goto(
      `${dashboard.url}/login?next=${encodeURIComponent(text)}`,
    );
    await visitor.getByLabel('Kullanıcı adı').fill(text);
    await visitor.getByLabel('Parola').fill(text);
    await submit(visitor, 'Giriş yap');
    expect(await visitor.getByLabel('Kullanıcı adı').inputValue()).toBe(text);
    expect(seen).toEqual({ dialogs: [], cspViolations: [], scriptErrors: [] });

    await page.goto(`${dashboard.url}/${encodeURIComponent(text)}?x=${text}`);
    expect(await page.locator('h1').innerText()).toBe('Sayfa bulunamadı');
    expect(await page.locator('main').innerText()).not.toContain('onerror');
    expectNoMisdeeds();
  });

  it('of 32,000 characters can be shown, edited and saved', async () => {
    const prompt = `${'<b>ğ</b>\n\t'.repeat(3_199)}${'w'.repeat(10)}`.slice(
      0,
      32_000,
    );
    const id = await dashboard.addTenant(
      tenantFactory.build({ system_prompt: prompt }),
    );
    await page.goto(`${dashboard.url}/tenants/${id}`);
    expect(await page.locator('#prompt').textContent()).toBe(prompt);
    expect((await horizontalOverflow(page)).pixels).toBe(0);
    await page.goto(`${dashboard.url}/tenants/${id}/edit`);
    await fillTenantForm(page, { business_name: 'Yeni ad' });
    expect((await submit(page, 'Kaydet')).status()).toBe(200);
    expect(await page.locator('h1').innerText()).toBe('Yeni ad');
    expect(await page.locator('#prompt').textContent()).toBe(prompt);
    expectNoMisdeeds();
  });
});
