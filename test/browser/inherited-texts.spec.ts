import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import {
  accessibilityFaults,
  horizontalOverflow,
  launchBrowser,
  newContext,
} from '../helpers/browser.js';
import { ADMIN, submit } from '../helpers/dashboard.js';
import { tenantVisitor } from '../helpers/tenant-visitor.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

const LONG_PROMPT = 'Uzun talimat, satır satır.\n'.repeat(120_000);
const NAME = 'İki satırlık\r\nişletme adı';

let app: TestApp;
let database: TestDatabase;
let browser: Browser;
let page: Page;
let id: number;
let next = 0;

beforeAll(async () => {
  [app, browser] = await Promise.all([TestApp.start(), launchBrowser()]);
  database = new TestDatabase(app.databaseFile);
  await app.nest.get(AdminsService).create(ADMIN);
  const { context } = await newContext(browser, { javaScriptEnabled: false });
  page = await context.newPage();
  await page.goto(`${app.url}/login`);
  await page.getByLabel('Kullanıcı adı').fill(ADMIN.username);
  await page.getByLabel('Parola').fill(ADMIN.password);
  await submit(page, 'Giriş yap');
});
beforeEach(async () => {
  next += 1;
  id = await database.insertLegacyTenant({
    username: `miras-${next}`,
    business_name: NAME,
    system_prompt: LONG_PROMPT,
  });
});
afterAll(async () => {
  await browser.close();
  await database.close();
  await app.stop();
});

async function stored(): Promise<unknown> {
  const [row] = await database.all(
    'SELECT username, business_name, system_prompt FROM tenants WHERE id = ?',
    id,
  );
  return row;
}

describe('texts of the old application that no form can hold', () => {
  it('are shown by their beginning', async () => {
    await page.goto(`${app.url}/tenants/${id}`);
    const shown = await page.locator('#prompt').textContent();
    expect(shown?.length).toBeLessThan(1_000);
    expect(LONG_PROMPT.startsWith(shown?.slice(0, 400) ?? '-')).toBe(true);
    expect(await page.getByText('yalnızca başı gösteriliyor').count()).toBe(1);
  });

  it('stay as they are when another field is changed', async () => {
    await page.goto(`${app.url}/tenants/${id}/edit`);
    await page.getByLabel('Kullanıcı adı').fill(`miras-yeni-${id}`);
    expect((await submit(page, 'Kaydet')).status()).toBe(200);

    expect(await stored()).toEqual({
      username: `miras-yeni-${id}`,
      business_name: NAME,
      system_prompt: LONG_PROMPT,
    });
  });

  it('stay as they are where only their bytes are too many for a form', async () => {
    const prompt = '語'.repeat(60_000);
    await database.run(
      'UPDATE tenants SET system_prompt = ? WHERE id = ?',
      prompt,
      id,
    );
    await page.goto(`${app.url}/tenants/${id}/edit`);
    expect((await submit(page, 'Kaydet')).status()).toBe(200);

    expect(await stored()).toMatchObject({ system_prompt: prompt });
  });

  it('stay as they are beside a mistake, and what is typed takes their place', async () => {
    await page.goto(`${app.url}/tenants/${id}/edit`);
    await page.getByLabel('Sistem talimatı').fill('kısa');
    const refused = await submit(page, 'Kaydet');
    expect(refused.status()).toBe(422);
    expect((await refused.text()).length).toBeLessThan(100_000);
    await page.getByLabel('Sistem talimatı').fill('Yeni ve kısa bir talimat.');
    expect((await submit(page, 'Kaydet')).status()).toBe(200);

    expect(await stored()).toEqual({
      username: `miras-${next}`,
      business_name: NAME,
      system_prompt: 'Yeni ve kısa bir talimat.',
    });
  });

  it('stay as they are when somebody else has saved meanwhile', async () => {
    await page.goto(`${app.url}/tenants/${id}/edit`);
    await page.getByLabel('Kullanıcı adı').fill(`miras-benim-${id}`);
    await database.run(
      'UPDATE tenants SET username = ?, version = version + 1 WHERE id = ?',
      `miras-baska-${id}`,
      id,
    );
    const asked = await submit(page, 'Kaydet');
    expect(asked.status()).toBe(409);
    expect((await asked.text()).length).toBeLessThan(100_000);
    expect((await submit(page, 'Kaydet')).status()).toBe(200);

    expect(await stored()).toEqual({
      username: `miras-benim-${id}`,
      business_name: NAME,
      system_prompt: LONG_PROMPT,
    });
  });

  it('are asked about by their beginning when something else was typed', async () => {
    await page.goto(`${app.url}/tenants/${id}/edit`);
    await page
      .getByLabel('Sistem talimatı')
      .fill('Bunu ben yazdım, yenisi bu.');
    await database.run(
      'UPDATE tenants SET version = version + 1 WHERE id = ?',
      id,
    );
    const asked = await submit(page, 'Kaydet');
    expect(asked.status()).toBe(409);
    expect((await asked.text()).length).toBeLessThan(100_000);
    expect((await submit(page, 'Kaydet')).status()).toBe(200);

    expect(await stored()).toMatchObject({
      business_name: NAME,
      system_prompt: 'Bunu ben yazdım, yenisi bu.',
    });
  });

  it.each([360, 1280])(
    'stay as they are in the panel, too, %i pixels wide',
    async (width) => {
      const visitor = await tenantVisitor(app, id);
      const { context } = await newContext(browser, {
        viewport: { width, height: 800 },
      });
      await context.addCookies([
        {
          name: 'vr_tenant_session',
          value: visitor.cookies.get('vr_tenant_session') ?? '',
          url: app.url,
        },
      ]);
      const panel = await context.newPage();
      await panel.goto(`${app.url}/panel`);
      expect(await accessibilityFaults(panel)).toEqual([]);
      expect(await horizontalOverflow(panel)).toEqual({
        pixels: 0,
        culprits: [],
      });
      await panel.getByLabel('İşletme adı').fill('Yeni ad');
      expect((await submit(panel, 'Kaydet')).status()).toBe(200);
      await context.close();

      expect(await stored()).toMatchObject({
        business_name: 'Yeni ad',
        system_prompt: LONG_PROMPT,
      });
    },
  );
});
