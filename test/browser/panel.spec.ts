import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accessibilityFaults,
  horizontalOverflow,
  launchBrowser,
  newContext,
  type WatchedContext,
} from '../helpers/browser.js';
import { submit } from '../helpers/dashboard.js';
import { legacy } from '../helpers/legacy.js';
import type { TestApp } from '../helpers/test-app.js';
import { sql } from '../helpers/test-database.js';
import {
  startOnLegacyTenants,
  tenantVisitor,
} from '../helpers/tenant-visitor.js';

const [AHMET] = legacy.tenants;
if (!AHMET) throw new Error('the fixture has changed');
const NEW_PASSWORD = 'yeni-parola-şğü';
const HOSTILE = `"><img src=x onerror=alert(1)></bdi>{{x}}<script>alert(1)</script>\u202e${'W'.repeat(150)}`;
const VARIANTS = [
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 1280 },
] as const;

let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startOnLegacyTenants(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

/** A browser with a session of the tenant. */
async function panelOf(
  id: number,
  options: Parameters<typeof newContext>[1] = {},
): Promise<WatchedContext & { page: Page }> {
  const visitor = await tenantVisitor(app, id);
  const watched = await newContext(browser, options);
  await watched.context.addCookies([
    {
      name: 'vr_tenant_session',
      value: visitor.cookies.get('vr_tenant_session') ?? '',
      url: app.url,
    },
  ]);
  return { ...watched, page: await watched.context.newPage() };
}

async function tenantRow(id: number): Promise<Record<string, unknown>> {
  const [row] = await sql(
    app.databaseFile,
    'SELECT * FROM tenants WHERE id = ?',
    [id],
  );
  return row ?? {};
}

/** Goes on with the Tab key until the element with this id, or the button or link with this text, has the focus. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    const focused = await page.evaluate<string[]>(
      '[document.activeElement.id, document.activeElement.textContent.trim()]',
    );
    if (focused.includes(wanted)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key does not come to ${wanted}`);
}

async function type(page: Page, field: string, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

async function press(page: Page, button: string, next: string): Promise<void> {
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  await page.waitForURL(app.url + next);
  await page.locator('h1').waitFor();
}

describe('with the keyboard alone', () => {
  it('a tenant signs in, changes its business, its password, and signs out', async () => {
    const { context, misdeeds, leaveWarnings } = await newContext(browser);
    const page = await context.newPage();
    await page.goto(`${app.url}/login`);
    await type(page, 'username', AHMET.username);
    await type(page, 'password', AHMET.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${app.url}/panel`);
    expect(await page.locator('h1').innerText()).toBe(AHMET.business_name);

    await type(page, 'business_name', 'Ahmet Ağız ve Diş Sağlığı');
    await type(page, 'system_prompt', 'Cumartesi de açığız. Nazik ol.');
    await tabTo(page, 'Kaydet');
    await page.keyboard.press('Enter');
    await page.getByText('Değişiklikler kaydedildi.').waitFor();
    expect(await page.locator('h1').innerText()).toBe(
      'Ahmet Ağız ve Diş Sağlığı',
    );
    expect((await tenantRow(1)).system_prompt).toBe(
      'Cumartesi de açığız. Nazik ol.',
    );

    await press(page, 'Parolamı değiştir', '/panel/password');
    await type(page, 'current_password', AHMET.password);
    await type(page, 'new_password', NEW_PASSWORD);
    await type(page, 'new_password_again', NEW_PASSWORD);
    await tabTo(page, 'Parolayı değiştir');
    await page.keyboard.press('Enter');
    await page.getByText('Parolanız değiştirildi').waitFor();

    await press(page, 'Çıkış', '/login');
    await page.getByText('Oturumunuz kapatıldı.').waitFor();
    await page.goto(`${app.url}/panel`);
    expect(page.url()).toBe(`${app.url}/login`);
    expect(leaveWarnings.count).toBe(0);
    expect(misdeeds).toEqual({
      dialogs: [],
      cspViolations: [],
      scriptErrors: [],
    });
    await context.close();
  });
});

const PAGES: Record<string, (page: Page) => Promise<unknown>> = {
  settings: (page) => page.goto(`${app.url}/panel`),
  password: (page) => page.goto(`${app.url}/panel/password`),
  'failed form': async (page) => {
    await page.goto(`${app.url}/panel`);
    await page.getByLabel('İşletme adı').fill('');
    await page.getByLabel('Sistem talimatı').fill('kısa');
    expect((await submit(page, 'Kaydet')).status()).toBe(422);
  },
  'failed password': async (page) => {
    await page.goto(`${app.url}/panel/password`);
    expect((await submit(page, 'Parolayı değiştir')).status()).toBe(422);
  },
  conflict: async (page) => {
    await page.goto(`${app.url}/panel`);
    await page.getByLabel('Sistem talimatı').fill('Uzun talimat. '.repeat(300));
    await sql(
      app.databaseFile,
      'UPDATE tenants SET version = version + 1 WHERE id = 2',
    );
    expect((await submit(page, 'Kaydet')).status()).toBe(409);
  },
  'unreadable key': async (page) => {
    await sql(
      app.databaseFile,
      "UPDATE tenants SET openai_api_key = 'kaputt' WHERE id = 2",
    );
    await page.goto(`${app.url}/panel`);
    await page.getByText('Kayıtlı OpenAI API anahtarınız okunamıyor').waitFor();
  },
  'refused form': async (page) => {
    await page.goto(`${app.url}/panel/password`);
    await page.evaluate(
      `document.querySelector('form[action="/panel/logout"] [name=_csrf]').value = 'x'`,
    );
    expect((await submit(page, 'Çıkış')).status()).toBe(403);
    await page.getByRole('link', { name: 'Resepsiyonistime dön' }).waitFor();
  },
  suspended: async (page) => {
    await setStatus('suspended');
    const answer = await page.goto(`${app.url}/panel`);
    await setStatus('active');
    expect(answer?.status()).toBe(403);
    expect(await page.getByRole('button', { name: 'Çıkış' }).count()).toBe(2);
  },
};

function setStatus(status: string): Promise<unknown> {
  return sql(app.databaseFile, 'UPDATE tenants SET status = ? WHERE id = 2', [
    status,
  ]);
}

describe.each(VARIANTS)('with a hostile name, %o', ({ colorScheme, width }) => {
  let watched: Awaited<ReturnType<typeof panelOf>>;

  beforeAll(async () => {
    await sql(
      app.databaseFile,
      'UPDATE tenants SET business_name = ?, username = ? WHERE id = 2',
      [HOSTILE, 'u'.repeat(100)],
    );
    watched = await panelOf(2, { viewport: { width, height: 800 } });
    await watched.page.emulateMedia({ colorScheme });
  });
  afterAll(() => watched.context.close());

  it.each(Object.entries(PAGES))('%s is sound', async (_name, open) => {
    const { page, misdeeds } = watched;
    await open(page);
    expect(await page.locator('html').getAttribute('data-bs-theme')).toBe(
      colorScheme,
    );
    expect(await page.locator('.app-user bdi').textContent()).toBe(HOSTILE);
    expect(await horizontalOverflow(page)).toEqual({ pixels: 0, culprits: [] });
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(misdeeds).toEqual({
      dialogs: [],
      cspViolations: [],
      scriptErrors: [],
    });
  });
});

describe('the settings', () => {
  it('count characters, offer ready-made texts, and warn before changes are lost', async () => {
    const { page, context, leaveWarnings } = await panelOf(3);
    await page.goto(`${app.url}/panel`);
    await page.getByText('Hazır başlangıç metinleri').click();
    await page.getByText('Hukuk bürosu', { exact: true }).click();
    await page
      .getByRole('button', { name: 'Bu metni kullan' })
      .locator('visible=true')
      .click();
    const prompt = await page.getByLabel('Sistem talimatı').inputValue();
    expect(prompt).toContain('Öztürk Hukuk Bürosu');
    expect(await page.locator('.app-counter').innerText()).toContain(
      `${[...prompt].length} / 32.000`,
    );
    await page.getByRole('link', { name: 'Parolam', exact: true }).click();
    await page.waitForURL(`${app.url}/panel/password`);
    expect(leaveWarnings.count).toBe(1);
    await context.close();
  });

  it('work without JavaScript, in English', async () => {
    const { page, context } = await panelOf(3, { locale: 'en-GB' });
    await context.route('**/assets/**/*.js', (route) => route.abort());
    await page.goto(`${app.url}/panel`);
    await page.getByLabel('Business name').fill('Ozturk Law');
    expect((await submit(page, 'Save')).status()).toBe(200);
    expect(await page.locator('h1').innerText()).toBe('Ozturk Law');
    await submit(page, 'Türkçe');
    expect(page.url()).toBe(`${app.url}/panel`);
    expect(await page.locator('html').getAttribute('lang')).toBe('tr');
    await context.close();
  });
});
