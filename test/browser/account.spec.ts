import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantFactory } from '../factories/tenant.factory.js';
import {
  accessibilityFaults,
  horizontalOverflow,
  launchBrowser,
  type Misdeeds,
  newContext,
} from '../helpers/browser.js';
import { ADMIN, Dashboard, submit } from '../helpers/dashboard.js';

const LONG_NAME = `Uzun${'Ğ'.repeat(96)}`;
const LONG_USERNAME = 'u'.repeat(100);
const PASSWORD = 'çınar-altında-çay';
const VARIANTS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'light', width: 800 },
  { colorScheme: 'dark', width: 360 },
] as const;
const SHOTS = process.env.SCREENSHOTS;

let dashboard: Dashboard;
let browser: Browser;
let context: BrowserContext;
let misdeeds: Misdeeds;
let page: Page;
let tenantId: number;

beforeAll(async () => {
  [dashboard, browser] = await Promise.all([
    Dashboard.start({ APP_NAME: 'Sanal Resepsiyonist Yönetim Paneli' }),
    launchBrowser(),
  ]);
  ({ context, misdeeds } = await newContext(browser, {
    permissions: ['clipboard-read', 'clipboard-write'],
  }));
  page = await context.newPage();
  await dashboard.signIn(page);
  tenantId = await dashboard.addTenant(
    tenantFactory.build({ business_name: LONG_NAME }),
  );
}, 120_000);

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

async function createToken(name: string): Promise<string> {
  await page.goto(`${dashboard.url}/tokens/new`);
  await page.getByLabel('Ad', { exact: true }).fill(name);
  await page.getByRole('checkbox', { name: 'Müşterileri görme' }).check();
  await page.getByLabel('Geçerlilik süresi').fill('30');
  expect((await submit(page, 'Anahtarı oluştur')).status()).toBe(201);
  return (await page.locator('#token').textContent()) ?? '';
}

async function signInElsewhere(): Promise<Page> {
  const other = await (await newContext(browser)).context.newPage();
  await dashboard.signIn(other);
  return other;
}

describe('the account page', () => {
  it('changes the password, with the keyboard alone', async () => {
    await page.goto(dashboard.url);
    await page.getByRole('link', { name: 'Hesabım: zeynep' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${dashboard.url}/account`);
    const other = await signInElsewhere();

    await page.getByLabel('Şu anki parola').focus();
    for (const text of [ADMIN.password, PASSWORD, PASSWORD]) {
      await page.keyboard.insertText(text);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByText('Parolanız değiştirildi').waitFor();
    await other.reload();
    expect(other.url()).toBe(`${dashboard.url}/login`);
    await other.context().close();
    await page.getByLabel('Şu anki parola').fill(PASSWORD);
    await page.getByLabel('Yeni parola', { exact: true }).fill(ADMIN.password);
    await page.getByLabel('Yeni parola (tekrar)').fill(ADMIN.password);
    expect((await submit(page, 'Parolayı değiştir')).status()).toBe(200);
  });

  it('goes to the field that is wrong, and shows no password again', async () => {
    await page.goto(`${dashboard.url}/account`);
    await page.getByLabel('Şu anki parola').fill('yanlış-parola');
    await page.getByLabel('Yeni parola', { exact: true }).fill(PASSWORD);
    await page.getByLabel('Yeni parola (tekrar)').fill(PASSWORD);
    expect((await submit(page, 'Parolayı değiştir')).status()).toBe(422);
    expect(await page.locator(':focus').getAttribute('id')).toBe(
      'current_password',
    );
    for (const field of await page.locator('input[type=password]').all())
      expect(await field.inputValue()).toBe('');
  });

  it('ends another session', async () => {
    const other = await signInElsewhere();
    await page.goto(`${dashboard.url}/account`);
    expect(await page.locator('tbody tr').count()).toBe(2);
    await submit(page, 'Oturumu kapat');
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(await page.locator('tbody').innerText()).toContain('Bu oturum');
    await other.reload();
    expect(other.url()).toBe(`${dashboard.url}/login`);
    await other.context().close();
  });
});

describe('the pages of tokens and admins', () => {
  it('copies a new token, which reloading neither shows again nor doubles', async () => {
    const token = await createToken('Kopyalanan');
    await page.getByRole('button', { name: 'Kopyala' }).click();
    await page.getByText('Kopyalandı').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(token);
    const answer = await fetch(`${dashboard.url}/api/tenants`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);

    await page.reload();
    expect(await page.content()).not.toContain(token);
    expect(await page.getByRole('alert').innerText()).toContain(
      'az önce bir anahtar oluşturuldu',
    );
    await page.goto(`${dashboard.url}/tokens`);
    expect(await page.getByText('Kopyalanan').count()).toBe(1);
  });

  it('revokes a token after a question', async () => {
    await createToken('İptal edilecek');
    await page.goto(`${dashboard.url}/tokens`);
    await page.getByRole('link', { name: 'İptal et: İptal edilecek' }).click();
    await submit(page, 'Evet, iptal et');
    expect(await page.locator('main').innerText()).toContain(
      'API anahtarı iptal edildi.',
    );
  });

  it('adds, disables and enables an admin', async () => {
    await page.goto(`${dashboard.url}/admins`);
    await page.getByRole('link', { name: 'Yeni yönetici' }).click();
    await page.getByLabel('Kullanıcı adı').fill(LONG_USERNAME);
    await page.getByLabel('Parola').fill(PASSWORD);
    await submit(page, 'Kaydet');
    await page.getByRole('link', { name: 'Devre dışı bırak' }).click();
    await submit(page, 'Evet, devre dışı bırak');
    expect(await page.locator('tbody').innerText()).toContain('Devre dışı');
    await submit(page, 'Yeniden etkinleştir');
    expect(await page.locator('tbody').innerText()).not.toContain(
      'Devre dışı\n',
    );
    expect(misdeeds).toEqual({
      dialogs: [],
      cspViolations: [],
      scriptErrors: [],
    });
  });
});

describe('without JavaScript', () => {
  it('makes a token and reads the trail', async () => {
    const { context: plain } = await newContext(browser, {
      javaScriptEnabled: false,
    });
    const own = await plain.newPage();
    await dashboard.signIn(own);
    await own.getByRole('link', { name: 'API anahtarları' }).click();
    await own.getByRole('link', { name: 'Yeni API anahtarı' }).click();
    await own.getByLabel('Ad', { exact: true }).fill('Betiksiz');
    await own.getByRole('checkbox', { name: 'Müşterileri görme' }).check();
    await submit(own, 'Anahtarı oluştur');
    expect(await own.locator('#token').textContent()).toMatch(/^vr_/);
    expect(await own.getByRole('button', { name: 'Kopyala' }).count()).toBe(0);
    await own.getByRole('link', { name: 'Denetim kaydı' }).click();
    await own.getByLabel('İşlem').selectOption('API anahtarı oluşturma');
    await own.getByRole('button', { name: 'Süz' }).click();
    await own.waitForURL(/action=token\.created/);
    expect(await own.locator('tbody tr').first().innerText()).toContain(
      'zeynep, Betiksiz adlı API anahtarını oluşturdu',
    );
    await plain.close();
  });
});

/** How to come to every page; the names on them are as long as they can be. */
const PAGES: Record<string, () => Promise<unknown>> = {
  account: () => page.goto(`${dashboard.url}/account`),
  'account-failed': async () => {
    await page.goto(`${dashboard.url}/account`);
    await submit(page, 'Parolayı değiştir');
  },
  admins: () => page.goto(`${dashboard.url}/admins`),
  'admins-new': () => page.goto(`${dashboard.url}/admins/new`),
  'admins-failed': async () => {
    await page.goto(`${dashboard.url}/admins/new`);
    await submit(page, 'Kaydet');
  },
  'admins-disable': async () => {
    await page.goto(`${dashboard.url}/admins`);
    await page.getByRole('link', { name: 'Devre dışı bırak' }).click();
    await page.waitForURL(/\/disable$/);
  },
  tokens: () => page.goto(`${dashboard.url}/tokens`),
  'tokens-new': () => page.goto(`${dashboard.url}/tokens/new`),
  'tokens-failed': async () => {
    await page.goto(`${dashboard.url}/tokens/new`);
    await submit(page, 'Anahtarı oluştur');
  },
  'tokens-created': () => createToken(LONG_NAME),
  'tokens-sent-before': async () => {
    await createToken(LONG_NAME);
    await page.reload();
  },
  'tokens-revoke': async () => {
    await page.goto(`${dashboard.url}/tokens`);
    await page.getByRole('link', { name: 'İptal et:' }).first().click();
    await page.waitForURL(/\/revoke$/);
  },
  audit: () => page.goto(`${dashboard.url}/audit`),
  'audit-tenant': () =>
    page.goto(`${dashboard.url}/audit?target=tenant:${tenantId}`),
  'audit-empty': () => page.goto(`${dashboard.url}/audit?tenant=999999`),
  'audit-failed': () => page.goto(`${dashboard.url}/audit?tenant=abc`),
};

describe.each(VARIANTS)('accessible pages, %o', ({ colorScheme, width }) => {
  beforeAll(async () => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
  });

  it.each(Object.entries(PAGES))('%s', async (name, open) => {
    await open();
    expect(await page.locator('html').getAttribute('data-bs-theme')).toBe(
      colorScheme,
    );
    if (SHOTS !== undefined)
      await page.screenshot({
        path: `${SHOTS}/${name}-${width}-${colorScheme}.png`,
        fullPage: true,
      });
    expect(await horizontalOverflow(page)).toEqual({ pixels: 0, culprits: [] });
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('takes the keyboard to every link, button and field', async () => {
    for (const path of ['/account', '/admins', '/tokens/new', '/audit']) {
      await page.goto(dashboard.url + path);
      const expected = await page.evaluate<number>(
        `[...document.querySelectorAll('a[href], button, input, select')].filter((element) => element.checkVisibility() && element.type !== 'hidden').length`,
      );
      const reached = new Set<string>();
      for (let press = 0; press < expected; press += 1) {
        await page.keyboard.press('Tab');
        reached.add(
          await page.evaluate<string>(
            `String([...document.querySelectorAll('*')].indexOf(document.activeElement))`,
          ),
        );
      }
      expect(reached.size).toBe(expected);
    }
  });
});
