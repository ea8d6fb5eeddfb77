import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantFactory } from '../factories/tenant.factory.js';
import { launchBrowser, newContext } from '../helpers/browser.js';
import { Dashboard, fillTenantForm, submit } from '../helpers/dashboard.js';

const NAME = 'Güneş Diş Kliniği – Şişli & "Oğulları" <A.Ş.>';
const PROMPT = '\n  Boş satırla başlar.\n\n\tSekme ve "tırnak" & <etiket>\n';

let dashboard: Dashboard;
let browser: Browser;

beforeAll(async () => {
  [dashboard, browser] = await Promise.all([
    Dashboard.start(),
    launchBrowser(),
  ]);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'the life of a tenant, %o',
  (options) => {
    it('signs in, adds, changes and deletes a tenant, and signs out', async () => {
      const { context, misdeeds } = await newContext(browser, options);
      const page = await context.newPage();
      await page.goto(dashboard.url);
      expect(page.url()).toBe(`${dashboard.url}/login`);
      await dashboard.signIn(page);
      expect(await page.locator('header').innerText()).toContain('zeynep');
      expect(await page.locator('main').innerText()).toContain(
        'Henüz müşteriniz yok',
      );

      await page.getByRole('link', { name: 'Yeni müşteri' }).click();
      const tenant = tenantFactory.build({
        business_name: NAME,
        openai_api_key: 'sk-proj-cok-gizli-anahtar-1b2A',
        system_prompt: PROMPT,
      });
      await fillTenantForm(page, tenant);
      expect((await submit(page, 'Kaydet')).status()).toBe(200);
      expect(page.url()).toMatch(/\/tenants\/\d+$/);
      const shown = await page.locator('main').innerText();
      expect(shown).toContain('Müşteri eklendi.');
      expect(shown).toContain(NAME);
      expect(shown).toContain('•••• 1b2A');
      expect(await page.locator('#prompt').textContent()).toBe(PROMPT);
      expect(await page.content()).not.toContain('cok-gizli');
      await page.reload();
      expect(await page.getByText('Müşteri eklendi.').count()).toBe(0);

      await page.getByRole('link', { name: 'Düzenle' }).click();
      expect(await page.getByLabel('Parola').inputValue()).toBe('');
      expect(await page.getByLabel('OpenAI API anahtarı').inputValue()).toBe(
        '',
      );
      expect(await page.getByLabel('Sistem talimatı').inputValue()).toBe(
        PROMPT,
      );
      await fillTenantForm(page, { business_name: `${NAME} 2` });
      await submit(page, 'Kaydet');
      const changed = await page.locator('main').innerText();
      expect(changed).toContain('Değişiklikler kaydedildi.');
      expect(changed).toContain(`${NAME} 2`);
      expect(changed).toContain('•••• 1b2A');
      // Only the name has changed: the line ends of a form do not count.
      expect(await page.locator('#prompt').textContent()).toBe(PROMPT);
      await page.getByRole('link', { name: 'Düzenle' }).click();
      await submit(page, 'Kaydet');
      expect(await page.locator('.app-facts').innerText()).toMatch(
        /Sürüm\s+2$/,
      );

      await submit(page, 'Sil');
      expect(page.url()).toMatch(/\/tenants\/\d+\/delete\??$/);
      expect(await page.locator('main').innerText()).toContain(
        '30 gün boyunca çöp kutusundan geri alınabilir',
      );
      await page.getByRole('link', { name: 'Vazgeç' }).click();
      await submit(page, 'Sil');
      await submit(page, 'Evet, sil');
      expect(page.url()).toBe(`${dashboard.url}/`);
      const after = await page.locator('main').innerText();
      expect(after).toContain('Müşteri silindi.');
      expect(after).toContain('Henüz müşteriniz yok');

      await submit(page, 'Çıkış');
      expect(page.url()).toBe(`${dashboard.url}/login`);
      expect(await page.locator('main').innerText()).toContain(
        'Oturumunuz kapatıldı.',
      );
      await page.goto(dashboard.url);
      expect(page.url()).toBe(`${dashboard.url}/login`);
      expect(misdeeds).toEqual({
        dialogs: [],
        cspViolations: [],
        scriptErrors: [],
      });
      await context.close();
    }, 120_000);
  },
);
