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
import { SIGNED_IN_PAGES, VISITOR_PAGES } from './pages.js';

const LONG_NAME = 'Ç'.repeat(255);
const LONG_USERNAME = 'u'.repeat(100);
const VARIANTS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1280, 360].map((width) => ({ colorScheme, width })),
);

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
  for (let count = 1; count < 26; count += 1)
    await dashboard.addTenant(tenantFactory.build());
  return id;
}
