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
  conflict: async (page, url, id) => {
    await page.goto(`${url}/tenants/${id}/edit`);
    await page.evaluate(`
      document.querySelector('[name=version]').value = '0';
      document.getElementById('business_name').value = 'Benim yazdığım';
      document.getElementById('password').value = 'gizli-parola';
      document.getElementById('system_prompt').value += ' Bir cümle daha.';`);
    await submit(page, 'Kaydet');
  },
  'no match': (page, url) => page.goto(`${url}/?search=zzzzz`),
  'help sheet': async (page, url) => {
    await page.goto(url);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
  },
  'selection and menu': async (page, url) => {
    await page.goto(url);
    await page.locator('input[name=id]').first().check();
    await page.locator('.app-menu > summary').click();
  },
  'suspend many': async (page, url, id) => {
    const box = page.locator(`input[name=id][value="${id}"]`);
    await page.goto(url);
    if ((await box.count()) === 0) await page.goto(`${url}/?sort=-id`);
    await box.check();
    await submit(page, 'Askıya al');
  },
  bin: (page, url) => page.goto(`${url}/bin`),
  restore: (page, url) => openFirst(page, `${url}/bin`, '/restore'),
  purge: (page, url) => openFirst(page, `${url}/bin`, '/purge'),
  imports: (page, url) => page.goto(`${url}/imports`),
  'new import': (page, url) => page.goto(`${url}/imports/new`),
  import: (page, url) => page.goto(`${url}/imports/1`),
  'cancel import': (page, url) => page.goto(`${url}/imports/1/cancel`),
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

/** Pages that need a deleted tenant and an import to have something to show. */
export const PAGES_OF_THE_PAST = [
  'bin',
  'restore',
  'purge',
  'imports',
  'import',
  'cancel import',
];

/** Makes both: a deleted tenant with this name, and an import in which every line is bad. */
export async function makePast(
  page: Page,
  url: string,
  tenantId: number,
): Promise<void> {
  await page.goto(`${url}/tenants/${tenantId}/delete`);
  await submit(page, 'Evet, sil');
  await page.goto(`${url}/imports/new`);
  await page.getByLabel('Dosya', { exact: true }).setInputFiles({
    name: 'bozuk.ndjson',
    mimeType: 'application/x-ndjson',
    buffer: Buffer.from(
      `{"username":"${'u'.repeat(100)}","password":"x"}\n{\n`,
    ),
  });
  await submit(page, 'Dosyayı gönder');
  await page.getByText('Bitti').first().waitFor();
}

/** Follows the first link or form of a page that leads to such an address. */
async function openFirst(
  page: Page,
  list: string,
  end: string,
): Promise<unknown> {
  await page.goto(list);
  const way = page.locator(`[href$="${end}"], [action$="${end}"]`).first();
  const path =
    (await way.getAttribute('href')) ?? (await way.getAttribute('action'));
  return page.goto(new URL(path ?? '', list).href);
}
