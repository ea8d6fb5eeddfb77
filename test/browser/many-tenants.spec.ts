import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantFactory } from '../factories/tenant.factory.js';
import { launchBrowser, newContext } from '../helpers/browser.js';
import { Dashboard } from '../helpers/dashboard.js';
import { sql } from '../helpers/test-database.js';

const COUNT = 110;
const MAX_PAGE_BYTES = 100_000;

let dashboard: Dashboard;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [dashboard, browser] = await Promise.all([
    Dashboard.start(),
    launchBrowser(),
  ]);
  page = await (await newContext(browser)).context.newPage();
  await dashboard.signIn(page);
  await addManyTenants();
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

/** One over the API, its copies by SQL: hashing a hundred passwords takes a minute. */
async function addManyTenants(): Promise<void> {
  await dashboard.addTenant(
    tenantFactory.build({ business_name: 'Ş'.repeat(255) }),
  );
  await sql(
    dashboard.databaseFile,
    `WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${COUNT})
     INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt, created_at)
     SELECT 'isletme-' || n, password_hash, business_name, openai_api_key, system_prompt, created_at
     FROM tenants, numbers WHERE tenants.id = 1`,
  );
}

describe('a list of 110 tenants', () => {
  it('comes in pages, each tenant once', async () => {
    const seen: string[] = [];
    await page.goto(dashboard.url);
    for (;;) {
      seen.push(...(await page.locator('.app-row-sub').allInnerTexts()));
      const next = page.locator('a[rel=next]');
      if ((await next.count()) === 0) break;
      await next.click();
      await page.waitForLoadState();
    }

    expect(page.url()).toBe(`${dashboard.url}/?page=5`);
    expect(new Set(seen).size).toBe(COUNT);
    expect(seen).toHaveLength(COUNT);
    expect(await page.locator('.app-table-foot').innerText()).toContain(
      '110 müşteriden 101–110 arası',
    );
    expect(await page.locator('[aria-current=page]').innerText()).toBe('5');
    await page.getByRole('link', { name: '1. sayfa' }).click();
    await page.waitForURL(`${dashboard.url}/?page=1`);
  });

  it('is a small page, even with the longest names', async () => {
    const answer = await page.goto(dashboard.url);
    const size = (await answer?.body())?.length ?? Infinity;
    expect(size).toBeGreaterThan(1_000);
    expect(size).toBeLessThan(MAX_PAGE_BYTES);
  });

  it('keeps its page when the language is switched', async () => {
    await page.goto(`${dashboard.url}/?page=3`);
    await page.getByRole('button', { name: 'English' }).click();
    await page.waitForURL(`${dashboard.url}/?page=3`);
    expect(await page.locator('.app-table-foot').innerText()).toContain(
      'Showing 51–75 of 110',
    );
    await page.getByRole('button', { name: 'Türkçe' }).click();
    await page.getByText('müşteriden 51–75').waitFor();
  });

  it('shows the last page to those who ask for a later one', async () => {
    await page.goto(`${dashboard.url}/?page=99`);
    expect(page.url()).toBe(`${dashboard.url}/?page=5`);
  });

  it('answers 422 to a page number that is none', async () => {
    const answer = await page.goto(`${dashboard.url}/?page=x`);
    expect(answer?.status()).toBe(422);
    expect(await page.locator('h1').innerText()).toBe('Adres anlaşılamadı');
  });

  it('says that a key cannot be read, and what to do', async () => {
    await sql(
      dashboard.databaseFile,
      `UPDATE tenants SET openai_api_key = '' WHERE id = 2`,
    );
    await page.goto(`${dashboard.url}/tenants/2`);
    const text = await page.locator('main').innerText();
    expect(text).toContain('Girilmemiş');
    expect(text).toContain('bir anahtar girin');
    expect(text).not.toContain('••••');
  });

  it('answers 500 with a page that gives nothing away when the table is gone', async () => {
    await sql(dashboard.databaseFile, 'ALTER TABLE tenants RENAME TO away');
    const answer = await page.goto(dashboard.url);

    expect(answer?.status()).toBe(500);
    const text = await page.locator('main').innerText();
    expect(text).toContain('Beklenmeyen bir hata oluştu');
    expect(text).toContain(answer?.headers()['x-request-id']);
    expect(await page.content()).not.toMatch(/SQLITE|no such table|\.js:\d/);
    expect(await page.getByRole('button', { name: 'Çıkış' }).count()).toBe(1);
    await sql(dashboard.databaseFile, 'ALTER TABLE away RENAME TO tenants');
  });
});
