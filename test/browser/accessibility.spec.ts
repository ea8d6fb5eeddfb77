import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantFactory } from '../factories/tenant.factory.js';
import {
  accessibilityFaults,
  horizontalOverflow,
  launchBrowser,
  newContext,
} from '../helpers/browser.js';
import { Dashboard } from '../helpers/dashboard.js';
import { sql } from '../helpers/test-database.js';
import { makePast, SIGNED_IN_PAGES, VISITOR_PAGES } from './pages.js';

const LONG_NAME = 'Ç'.repeat(255);
const LONG_USERNAME = 'u'.repeat(100);
/** Colours do not depend on the width, nor the layout on the colours: two meetings show all of both. */
const VARIANTS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 360 },
] as const;

let dashboard: Dashboard;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let visitorPage: Page;
let tenantId: number;

beforeAll(async () => {
  [dashboard, browser] = await Promise.all([
    Dashboard.start({ APP_NAME: 'Sanal Resepsiyonist Yönetim Paneli' }),
    launchBrowser(),
  ]);
  ({ context } = await newContext(browser));
  page = await context.newPage();
  await dashboard.signIn(page);
  visitorPage = await (await newContext(browser)).context.newPage();
}, 120_000);

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

async function setVariant(
  of: Page,
  { colorScheme, width }: (typeof VARIANTS)[number],
): Promise<void> {
  await of.setViewportSize({ width, height: 800 });
  await of.emulateMedia({ colorScheme });
}

async function expectSoundPage(of: Page, colorScheme: string): Promise<void> {
  expect(await of.locator('html').getAttribute('data-bs-theme')).toBe(
    colorScheme,
  );
  expect(await horizontalOverflow(of)).toEqual({ pixels: 0, culprits: [] });
  expect(await accessibilityFaults(of)).toEqual([]);
}

describe.each(VARIANTS)('accessible pages, %o', (variant) => {
  beforeAll(async () => {
    await setVariant(page, variant);
    await setVariant(visitorPage, variant);
  });

  it.each(Object.entries(VISITOR_PAGES))('%s', async (_, open) => {
    await open(visitorPage, dashboard.url);
    await expectSoundPage(visitorPage, variant.colorScheme);
  });
});

describe.each(VARIANTS)('an accessible empty list, %o', (variant) => {
  it('list', async () => {
    await setVariant(page, variant);
    await page.goto(dashboard.url);
    await expectSoundPage(page, variant.colorScheme);
  });
});

describe.each(VARIANTS)('accessible pages with long names, %o', (variant) => {
  beforeAll(async () => {
    tenantId ||= await addTenants();
    await setVariant(page, variant);
  }, 180_000);

  it.each(Object.entries(SIGNED_IN_PAGES))('%s', async (_, open) => {
    await open(page, dashboard.url, tenantId);
    await expectSoundPage(page, variant.colorScheme);
  });
});

/** Two pages of them, the first with names as long as they can be. @returns its id. */
async function addTenants(): Promise<number> {
  const id = await dashboard.addTenant(
    tenantFactory.build({
      username: LONG_USERNAME,
      business_name: LONG_NAME,
      system_prompt: `${'w'.repeat(3_000)}\n${'Uzun bir talimat. '.repeat(100)}`,
    }),
  );
  const gone = await dashboard.addTenant(
    tenantFactory.build({ business_name: LONG_NAME }),
  );
  await makePast(page, dashboard.url, gone);
  await sql(
    dashboard.databaseFile,
    `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 25)
     INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt, created_at, status)
     SELECT 'isletme-' || n, '', 'İşletme ' || n, '', system_prompt, created_at, iif(n < 3, 'suspended', 'active')
     FROM tenants, numbers WHERE tenants.id = ${id}`,
  );
  return id;
}
