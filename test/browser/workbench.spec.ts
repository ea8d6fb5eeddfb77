import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tenantFactory } from '../factories/tenant.factory.js';
import {
  launchBrowser,
  newContext,
  type WatchedContext,
} from '../helpers/browser.js';
import { Dashboard, fillTenantForm, submit } from '../helpers/dashboard.js';
import { sql } from '../helpers/test-database.js';

const NAMES = [
  'Şişli Kuaför',
  'Cem Diş',
  'Çınar Restoran',
  'İnci Hukuk',
  'Ihlamur Veteriner',
  'Sarp Oto',
];

let dashboard: Dashboard;
let browser: Browser;
let context: BrowserContext;
let misdeeds: WatchedContext['misdeeds'];
let page: Page;

beforeAll(async () => {
  [dashboard, browser] = await Promise.all([
    Dashboard.start(),
    launchBrowser(),
  ]);
  ({ context, misdeeds } = await newContext(browser));
  page = await context.newPage();
  await dashboard.signIn(page);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

beforeEach(async () => {
  await sql(dashboard.databaseFile, 'DELETE FROM tenants');
  for (const [index, name] of NAMES.entries())
    await sql(
      dashboard.databaseFile,
      `INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt, created_at)
       VALUES (?, '', ?, '', 'Sen bir sanal resepsiyonistsin.', '2026-01-02 03:04:05.000000')`,
      [`isletme-${index}`, name],
    );
  await page.goto(dashboard.url);
});

function names(of = page): Promise<string[]> {
  return of.locator('.app-row-link').allInnerTexts();
}

function count(): Promise<string> {
  return page.locator('#count').innerText();
}

function focusedId(): Promise<string> {
  return page.evaluate<string>('document.activeElement.id');
}

describe('search as one types', () => {
  it('renews the rows, the count and the address, and leaves the caret alone', async () => {
    const search = page.getByLabel('Müşteri ara');
    await search.focus();
    await page.keyboard.type('sisli', { delay: 20 });
    await expect.poll(count).toBe('1 müşteri bulundu');

    expect(await names()).toEqual(['Şişli Kuaför']);
    // What is exported is what is found.
    expect(await page.locator('#exports a').first().getAttribute('href')).toBe(
      '/tenants/export?format=csv&search=sisli',
    );
    expect(await focusedId()).toBe('search');
    expect(await page.evaluate('document.activeElement.selectionStart')).toBe(
      5,
    );
    expect(new URL(page.url()).searchParams.get('search')).toBe('sisli');
    expect(await page.getByRole('status').first().innerText()).toBe(
      '1 müşteri bulundu',
    );
    await page.reload();
    expect(await names()).toEqual(['Şişli Kuaför']);
    await submit(page, 'English');
    expect(new URL(page.url()).searchParams.get('search')).toBe('sisli');
    await submit(page, 'Türkçe');

    await page.getByLabel('Müşteri ara').fill('yok böyle biri');
    await page.getByText('Uyan müşteri yok').waitFor();
    await page.getByRole('link', { name: 'Süzgeci temizle' }).click();
    await expect.poll(names).toHaveLength(NAMES.length);
    expect(misdeeds.scriptErrors).toEqual([]);
  });

  it('never shows an earlier answer that comes late', async () => {
    const gate = new EventEmitter();
    const held = once(gate, 'open');
    await page.route(/search=inc$/, async (route) => {
      await held;
      // The page has given the request up by then.
      await route.continue().catch(() => undefined);
    });
    const asked = page.waitForRequest(/search=inc$/);
    await page.getByLabel('Müşteri ara').fill('inc');
    await asked;
    await page.getByLabel('Müşteri ara').fill('cem');
    await expect.poll(names).toEqual(['Cem Diş']);
    gate.emit('open');
    await page.unrouteAll({ behavior: 'wait' });
    expect(await names()).toEqual(['Cem Diş']);
    expect(await count()).toBe('1 müşteri bulundu');
  });

  it('says so when the server cannot be reached, and keeps what is shown', async () => {
    await page.route(/search=/, (route) => route.abort());
    await page.getByLabel('Müşteri ara').fill('cem');
    await expect.poll(count).toMatch(/^Liste yenilenemedi/);
    expect(await names()).toHaveLength(NAMES.length);
    await page.unrouteAll();
    await page.getByLabel('Müşteri ara').press('Enter');
    await expect.poll(names).toEqual(['Cem Diş']);
  });

  it('leads to the sign-in when the session is over', async () => {
    const other = await newContext(browser);
    const visitor = await other.context.newPage();
    await dashboard.signIn(visitor);
    await other.context.clearCookies();
    await visitor.getByLabel('Müşteri ara').fill('cem');
    await expect.poll(() => visitor.url()).toBe(`${dashboard.url}/login`);
    await other.context.close();
  });

  it('filters and sorts, in Turkish order', async () => {
    await page.getByRole('link', { name: 'İşletme', exact: true }).click();
    await expect
      .poll(names)
      .toEqual([
        'Cem Diş',
        'Çınar Restoran',
        'Ihlamur Veteriner',
        'İnci Hukuk',
        'Sarp Oto',
        'Şişli Kuaför',
      ]);
    const heading = page.getByRole('columnheader', { name: 'İşletme' });
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    await page.getByLabel('Sıralama').selectOption('-business_name');
    await expect
      .poll(names)
      .toEqual([
        'Şişli Kuaför',
        'Sarp Oto',
        'İnci Hukuk',
        'Ihlamur Veteriner',
        'Çınar Restoran',
        'Cem Diş',
      ]);
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    await page.getByLabel('Durum', { exact: true }).selectOption('suspended');
    await page.getByText('Uyan müşteri yok').waitFor();
  });
});

describe('a selection', () => {
  it('counts, suspends after a question and exports', async () => {
    const actions = page.getByRole('button', { name: 'Askıya al' });
    expect(await actions.isVisible()).toBe(false);
    await page.getByLabel('Seç: Cem Diş').check();
    await page.getByLabel('Seç: Sarp Oto').check();
    expect(await page.getByText('2 müşteri seçildi').isVisible()).toBe(true);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Dışa aktar (CSV)' }).click(),
    ]);
    const csv = readFileSync(await download.path(), 'utf8');
    expect(csv.trimEnd().split('\r\n')).toHaveLength(3);
    expect(csv).toContain('Cem Diş');

    await submit(page, 'Askıya al');
    expect(await page.locator('h1').innerText()).toBe(
      '2 müşteri askıya alınsın mı?',
    );
    await submit(page, 'Evet, askıya al');
    expect(await page.getByText('2 müşteri askıya alındı.').count()).toBe(1);
    expect(await page.locator('tbody .app-badge-bad').allInnerTexts()).toEqual([
      'Askıda',
      'Askıda',
    ]);

    await page.getByLabel('Bu sayfadakilerin hepsini seç').check();
    expect(await page.getByText('6 müşteri seçildi').isVisible()).toBe(true);
    await submit(page, 'Etkinleştir');
    expect(
      await page.getByText('2 müşteri etkinleştirildi; 4 kayıt').count(),
    ).toBe(1);
  });

  it('works without scripts, and so does the search', async () => {
    const plain = await newContext(browser, {
      javaScriptEnabled: false,
      storageState: await context.storageState(),
    });
    const still = await plain.context.newPage();
    await still.goto(dashboard.url);
    await still.getByLabel('Müşteri ara').fill('CINAR');
    await submit(still, 'Ara');
    expect(await names(still)).toEqual(['Çınar Restoran']);
    await still.getByLabel('Seç: Çınar').check();
    await submit(still, 'Askıya al');
    await submit(still, 'Evet, askıya al');
    expect(await names(still)).toEqual(['Çınar Restoran']);
    expect(await still.locator('tbody .badge').first().innerText()).toBe(
      'Askıda',
    );
    await still.goto(dashboard.url);
    await still.getByText('Dışa aktar', { exact: true }).click();
    const [download] = await Promise.all([
      still.waitForEvent('download'),
      still.getByRole('link', { name: 'NDJSON' }).click(),
    ]);
    expect(
      readFileSync(await download.path(), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(NAMES.length);
    await plain.context.close();
  });
});

describe('the keyboard', () => {
  it('goes everywhere, and its help sheet says how', async () => {
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Klavye kısayolları' });
    expect(await sheet.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await sheet.isVisible()).toBe(false);
    await page
      .getByRole('button', { name: 'Klavye kısayolları' })
      .first()
      .click();
    expect(await sheet.isVisible()).toBe(true);
    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await page.waitForURL(`${dashboard.url}/bin`);
    await page.keyboard.press('/');
    await page.waitForURL(`${dashboard.url}/#search`);
    expect(await focusedId()).toBe('search');
    await page.keyboard.type('n');
    expect(await page.getByLabel('Müşteri ara').inputValue()).toBe('n');
    await expect.poll(() => page.url()).toContain('search=n');

    await page.locator('.app-row-link').first().click();
    await page.waitForURL(/\/tenants\/\d+$/);
    await page.keyboard.press('e');
    await page.waitForURL(/\/edit$/);
    await page.keyboard.press('n');
    await page.waitForURL(`${dashboard.url}/tenants/new`);
    await page.keyboard.press('Control+n').catch(() => undefined);
    expect(page.url()).toBe(`${dashboard.url}/tenants/new`);
  });

  it('is left alone by those who switch it off', async () => {
    await page.keyboard.press('?');
    await page.getByLabel('Kısayolları kullan').uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
    await page
      .getByRole('button', { name: 'Klavye kısayolları' })
      .first()
      .click();
    await page.getByLabel('Kısayolları kullan').check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.waitForURL(`${dashboard.url}/tenants/new`);
  });
});

describe('an import', () => {
  it('is followed to its end without a reload', async () => {
    const hash = `$2b$12$${'x'.repeat(53)}`;
    const lines = Array.from({ length: 60 }, (_, index) =>
      JSON.stringify({
        username: `ithal-${index}`,
        ...(index < 58
          ? { password_hash: hash }
          : { password: 'gizli-parola' }),
        business_name: `İthal ${index}`,
        openai_api_key: 'sk-proj-gizli-gizli-gizli-0001',
      }),
    );
    await page.getByRole('link', { name: 'İçe aktar' }).click();
    await page.getByRole('link', { name: 'Yeni içe aktarma' }).click();
    await page.getByLabel('Dosya', { exact: true }).setInputFiles({
      name: 'ithal.ndjson',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from([...lines, '{bozuk'].join('\n')),
    });
    await submit(page, 'Dosyayı gönder');
    await page.evaluate('window.unreloaded = true');
    await page
      .locator('#import-news', { hasText: 'Bitti' })
      .waitFor({ state: 'attached' });
    expect(await page.evaluate('window.unreloaded')).toBe(true);
    const bar = page.getByRole('progressbar', {
      name: '61 satırdan 61 tanesi işlendi',
    });
    expect(await bar.getAttribute('value')).toBe('61');
    const report = page.getByRole('row').nth(1);
    expect(await report.innerText()).toMatch(/^61\s/);
    expect(await report.innerText()).toContain('Satır okunamadı');
    expect(misdeeds).toEqual({
      dialogs: [],
      cspViolations: [],
      scriptErrors: [],
    });
  });
});

describe('a conflict', () => {
  it('is settled field by field; what is typed is what is meant', async () => {
    const id = await dashboard.addTenant(
      tenantFactory.build({ business_name: 'İlk ad' }),
    );
    await page.goto(`${dashboard.url}/tenants/${id}/edit`);
    await fillTenantForm(page, {
      business_name: 'Benim adım',
      system_prompt: 'Benim yazdığım talimat.',
    });
    await sql(
      dashboard.databaseFile,
      `UPDATE tenants SET business_name = 'Onun adı', username = 'onun-secimi', version = 2 WHERE id = ?`,
      [id],
    );
    expect((await submit(page, 'Kaydet')).status()).toBe(409);
    const choice = (field: string, side: string) =>
      page
        .getByRole('group', { name: field, exact: true })
        .getByLabel(side, { exact: true })
        .and(page.locator('[type=radio]'));
    expect(await choice('Kullanıcı adı', 'Kayıtlı olan').isChecked()).toBe(
      true,
    );
    expect(await choice('İşletme adı', 'Sizin yazdığınız').isChecked()).toBe(
      true,
    );
    await choice('İşletme adı', 'Kayıtlı olan').check();
    await choice('Sistem talimatı', 'Kayıtlı olan').check();
    await page
      .getByLabel('Sistem talimatı', { exact: true })
      .and(page.locator('textarea'))
      .fill('Elle düzelttiğim talimat.');
    expect(
      await choice('Sistem talimatı', 'Sizin yazdığınız').isChecked(),
    ).toBe(true);
    expect((await submit(page, 'Kaydet')).status()).toBe(200);
    expect(await page.locator('h1').innerText()).toBe('Onun adı');
    expect(await page.locator('.app-facts').innerText()).toContain(
      'onun-secimi',
    );
    expect(await page.locator('#prompt').innerText()).toBe(
      'Elle düzelttiğim talimat.',
    );
    const history = await page.locator('.app-history li').allInnerTexts();
    expect(history).toHaveLength(2);
    expect(history[0]).toContain(
      'zeynep, Onun adı müşterisinin sistem talimatını değiştirdi',
    );
  });
});

describe('the bin', () => {
  it('is where a deleted tenant comes back from', async () => {
    await page.getByRole('link', { name: 'Cem Diş' }).click();
    await submit(page, 'Sil');
    await submit(page, 'Evet, sil');
    await page.getByRole('link', { name: 'Çöp kutusu' }).click();
    await submit(page, 'Geri al: Cem Diş');
    expect(await page.locator('h1').innerText()).toBe('Cem Diş');
    expect(await page.locator('.app-history li').first().innerText()).toContain(
      'çöp kutusundan geri aldı',
    );
  });
});

describe('the header on a telephone', () => {
  it('has the language switch beside the name', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    const top = async (name: string) =>
      (await page.getByRole('button', { name }).boundingBox())?.y ?? NaN;
    expect(
      Math.abs((await top('English')) - (await top('Çıkış'))),
    ).toBeLessThan(10);
    expect((await page.locator('header').boundingBox())?.height).toBeLessThan(
      130,
    );
  });
});
