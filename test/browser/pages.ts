import type { Page } from 'playwright-core';
import { submit } from '../helpers/dashboard.js';

/** How to come to every kind of page; the tenant is one that exists. */
export const SIGNED_IN_PAGES: Record<
  string,
  (page: Page, url: string, tenantId: number) => Promise<unknown>
> = {
  list: (page, url) => page.goto(url),
  'second page': (page, url) => page.goto(`${url}/?page=2`),
  new: (page, url) => page.goto(`${url}/tenants/new`),
  'prompt starts': async (page, url) => {
    await page.goto(`${url}/tenants/new`);
    for (const summary of await page.locator('summary').all())
      await summary.click();
  },
  'failed form': async (page, url) => {
    await page.goto(`${url}/tenants/new`);
    await page.getByLabel('Sistem talimatı').fill('kısa');
    await submit(page, 'Kaydet');
  },
  show: (page, url, id) => page.goto(`${url}/tenants/${id}`),
  edit: (page, url, id) => page.goto(`${url}/tenants/${id}/edit`),
  delete: (page, url, id) => page.goto(`${url}/tenants/${id}/delete`),
  'no such tenant': (page, url) => page.goto(`${url}/tenants/999999`),
  'no such page': (page, url) => page.goto(`${url}/yok`),
  'refused form': async (page, url) => {
    await page.goto(url);
    await page.evaluate(
      `document.querySelector('form[action="/logout"] [name=_csrf]').value = 'x'`,
    );
    await submit(page, 'Çıkış');
  },
  'API docs': (page, url) => page.goto(`${url}/api/docs`),
};

export const VISITOR_PAGES: Record<
  string,
  (page: Page, url: string) => Promise<unknown>
> = {
  'sign-in': (page, url) => page.goto(`${url}/login`),
  'failed sign-in': async (page, url) => {
    await page.goto(`${url}/login`);
    // Empty: a guess at one account, and a new one each time, would be slowed down.
    await page.getByLabel('Kullanıcı adı').fill(`yok-${Date.now()}`);
    await submit(page, 'Giriş yap');
  },
};
