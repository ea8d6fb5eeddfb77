import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { slowImport } from '../factories/import-rows.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import {
  launchBrowser,
  type WatchedContext,
  newContext,
} from '../helpers/browser.js';
import { Dashboard, fillTenantForm, submit } from '../helpers/dashboard.js';
import { PAGES_OF_THE_PAST, SIGNED_IN_PAGES } from './pages.js';

let dashboard: Dashboard;
let browser: Browser;
let context: BrowserContext;
let misdeeds: WatchedContext['misdeeds'];
let leaveWarnings: WatchedContext['leaveWarnings'];
let page: Page;
let tenantId: number;

beforeAll(async () => {
  [dashboard, browser] = await Promise.all([
    Dashboard.start(),
    launchBrowser(),
  ]);
  ({ context, misdeeds, leaveWarnings } = await newContext(browser, {
    permissions: ['clipboard-read', 'clipboard-write'],
  }));
  await dashboard.signIn(await context.newPage());
  tenantId = await dashboard.addTenant(
    tenantFactory.build({ system_prompt: 'Kopyalanacak\n"talimat" <b>' }),
  );
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

beforeEach(async () => {
  misdeeds.dialogs.length = 0;
  leaveWarnings.count = 0;
  page = await context.newPage();
});

describe('the language switch', () => {
  it('turns every page to English and back, and stays where one is', async () => {
    await page.goto(`${dashboard.url}/tenants/${tenantId}`);
    await submit(page, 'English');

    expect(page.url()).toBe(`${dashboard.url}/tenants/${tenantId}`);
    for (const [name, open] of Object.entries(SIGNED_IN_PAGES)) {
      if (
        [
          ...PAGES_OF_THE_PAST,
          'prompt starts',
          'failed form',
          'refused form',
          'conflict',
          'suspend many',
          'API docs',
        ].includes(name)
      )
        continue;
      await open(page, dashboard.url, tenantId);
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      const text = await page.locator('body').innerText();
      expect(text).toContain('Sign out');
      // The name and the prompt of the tenant are its own.
      expect(text.replaceAll(/Güneş Diş Kliniği \d+|Türkçe/g, '')).not.toMatch(
        /[çğıöşüÇĞİÖŞÜ]/,
      );
    }
    await page.goto(`${dashboard.url}/tenants/new`);
    expect(await page.getByLabel('Business name').count()).toBe(1);
    await submit(page, 'Türkçe');
    expect(page.url()).toBe(`${dashboard.url}/tenants/new`);
    expect(await page.locator('html').getAttribute('lang')).toBe('tr');
    expect(await page.getByLabel('İşletme adı').count()).toBe(1);
  });
});

describe('the tenant form', () => {
  it('warns before changes are lost, and only then', async () => {
    await page.goto(`${dashboard.url}/tenants/${tenantId}/edit`);
    await page.getByRole('link', { name: 'Vazgeç' }).click();
    await page.waitForURL(`${dashboard.url}/tenants/${tenantId}`);
    expect(leaveWarnings.count).toBe(0);

    await page.goto(`${dashboard.url}/tenants/${tenantId}/edit`);
    await fillTenantForm(page, { business_name: 'Değişti' });
    await page.getByRole('link', { name: 'Vazgeç' }).click();
    await page.waitForURL(`${dashboard.url}/tenants/${tenantId}`);
    expect(leaveWarnings.count).toBe(1);

    await page.goto(`${dashboard.url}/tenants/${tenantId}/edit`);
    await fillTenantForm(page, { business_name: 'Değişti' });
    await submit(page, 'Kaydet');
    expect(leaveWarnings.count).toBe(1);
  });

  it('warns when a form that was refused is left', async () => {
    await page.goto(`${dashboard.url}/tenants/new`);
    await fillTenantForm(page, { business_name: 'Yazdım' });
    await submit(page, 'Kaydet');
    // Browsers ask only those who have touched the page.
    await page.getByLabel('Parola').click();
    await page.getByRole('link', { name: 'Vazgeç' }).click();
    await page.waitForURL(`${dashboard.url}/`);
    expect(leaveWarnings.count).toBe(1);
  });

  it('counts characters as the server does', async () => {
    await page.goto(`${dashboard.url}/tenants/new`);
    const counter = page.locator('.app-counter');
    expect(await counter.innerText()).toBe('96 / 32.000 karakter');
    await fillTenantForm(page, { system_prompt: 'ş🦷\n' });
    expect(await counter.innerText()).toBe('3 / 32.000 karakter');
    await fillTenantForm(page, { system_prompt: 'x'.repeat(32_001) });
    expect(await counter.innerText()).toBe('32.001 / 32.000 karakter');
    expect(await counter.getAttribute('class')).toContain('over');
  });

  it('offers prompts to start from, with the name filled in', async () => {
    await page.goto(`${dashboard.url}/tenants/new`);
    await fillTenantForm(page, { business_name: 'Pamuk $& Diş' });
    await page.getByText('Hazır başlangıç metinleri').click();
    const starts = page.locator('.app-start');
    expect(await starts.locator('summary').allInnerTexts()).toEqual([
      'Diş kliniği',
      'Kuaför',
      'Hukuk bürosu',
      'Veteriner',
      'Restoran',
    ]);
    await starts.nth(0).locator('summary').click();
    await starts
      .nth(0)
      .getByRole('button', { name: 'Bu metni kullan' })
      .click();
    const prompt = page.getByLabel('Sistem talimatı');
    expect(await prompt.inputValue()).toMatch(/^Sen Pamuk \$& Diş diş kliniğ/);
    expect(misdeeds.dialogs).toEqual([]);

    await prompt.fill('Kendi yazdığım bir talimat');
    await starts.nth(1).locator('summary').click();
    await starts
      .nth(1)
      .getByRole('button', { name: 'Bu metni kullan' })
      .click();
    expect(misdeeds.dialogs).toHaveLength(1);
    expect(await prompt.inputValue()).toMatch(/kuaför/);
  });

  it('offers the prompts without scripts, too', async () => {
    const plain = await browser.newContext({
      javaScriptEnabled: false,
      locale: 'tr-TR',
      storageState: await context.storageState(),
    });
    const plainPage = await plain.newPage();
    await plainPage.goto(`${dashboard.url}/tenants/new`);
    await plainPage.getByText('Hazır başlangıç metinleri').click();
    await plainPage.getByText('Restoran', { exact: true }).click();
    expect(await plainPage.locator('#start-restaurant').innerText()).toContain(
      'Rezervasyon',
    );
    expect(
      await plainPage.getByRole('button', { name: 'Bu metni kullan' }).count(),
    ).toBe(0);
    await plain.close();
  });

  it('shows in the password managers’ terms what each field is', async () => {
    await page.goto(`${dashboard.url}/tenants/new`);
    const autocomplete = (label: string) =>
      page.getByLabel(label).getAttribute('autocomplete');
    expect(await autocomplete('Kullanıcı adı')).toBe('off');
    expect(await autocomplete('Parola')).toBe('new-password');
    expect(await autocomplete('OpenAI API anahtarı')).toBe('off');
  });
});

describe('the copy button', () => {
  it('copies the prompt as it is', async () => {
    await page.goto(`${dashboard.url}/tenants/${tenantId}`);
    await page.getByRole('button', { name: 'Kopyala' }).click();
    await page.getByRole('button', { name: 'Kopyalandı' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'Kopyalanacak\n"talimat" <b>',
    );
  });
});

describe('the keyboard', () => {
  it('skips to the content, and shows where it is', async () => {
    await page.goto(dashboard.url);
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'İçeriğe geç' });
    expect(await skip.evaluate((link) => link.matches(':focus'))).toBe(true);
    expect((await skip.boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(page.url()).toBe(`${dashboard.url}/#content`);
  });
});

describe('the API docs', () => {
  it('explain every error code under its own anchor', async () => {
    const { ERROR_CODES } =
      await import('../../src/common/errors/domain.error.js');
    await page.goto(`${dashboard.url}/api/docs`);
    for (const code of ERROR_CODES) {
      const section = page.locator(`[id="${code}"]`);
      expect(await section.count()).toBe(1);
      expect((await section.innerText()).length).toBeGreaterThan(60);
    }
  });

  it.each(['tr', 'en'])('are wholly in the language %s', async (language) => {
    const { context: reader } = await newContext(browser, {
      locale: language,
    });
    const docs = await reader.newPage();
    await docs.goto(`${dashboard.url}/api/docs`);
    expect(await docs.locator('html').getAttribute('lang')).toBe(language);
    // Names in code are the same in every language.
    await docs.evaluate(
      `document.querySelectorAll('code').forEach((code) => code.remove())`,
    );
    const text = await docs.locator('main').innerText();
    const foreign =
      language === 'tr'
        ? /\b(?:the|tenant is|whether|this|that|who|of|or|changes|fields|wait)\b/i
        : /[çğıöşüÇĞİÖŞÜ]/;
    expect(foreign.exec(text)?.[0]).toBeUndefined();
    await reader.close();
  });
});

describe('the page of an import', () => {
  it('follows it, and its button ends it after a question', async () => {
    await page.goto(`${dashboard.url}/imports/new`);
    await page.getByLabel('Dosya', { exact: true }).setInputFiles({
      name: 'yavas.ndjson',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(slowImport('yavas', 60)),
    });
    await submit(page, 'Dosyayı gönder');
    const shown = page.url();
    const other = await context.newPage();
    await other.goto(`${shown}/cancel`);
    await submit(other, 'Evet, iptal et');
    expect(other.url()).toBe(shown);
    await other.getByText('kalan satırlar işlenmedi').waitFor();
    // The first page was not touched.
    await page.getByText('kalan satırlar işlenmedi').waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: 'İptal edildi' })
      .waitFor({ state: 'attached' });
    expect(await page.getByRole('link', { name: 'İptal et' }).count()).toBe(0);
    expect(misdeeds).toEqual({
      dialogs: [],
      cspViolations: [],
      scriptErrors: [],
    });
  });
});
