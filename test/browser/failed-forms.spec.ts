import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantFactory } from '../factories/tenant.factory.js';
import { launchBrowser, newContext } from '../helpers/browser.js';
import {
  ADMIN,
  Dashboard,
  fillTenantForm,
  submit,
} from '../helpers/dashboard.js';

let dashboard: Dashboard;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [dashboard, browser] = await Promise.all([
    Dashboard.start(),
    launchBrowser(),
  ]);
  const { context } = await newContext(browser);
  page = await context.newPage();
  await dashboard.signIn(page);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

/** The message that belongs to a field, as a screen reader finds it. */
async function messageOf(label: string): Promise<string> {
  const field = page.getByLabel(label);
  if ((await field.getAttribute('aria-invalid')) !== 'true') return '';
  const ids = (await field.getAttribute('aria-describedby')) ?? '';
  const [error = ''] = ids.split(' ').filter((id) => id.endsWith('-error'));
  return page.locator(`[id="${error}"]`).innerText();
}

function focusedId(): Promise<string> {
  return page.evaluate<string>('document.activeElement.id');
}

describe('a failed form', () => {
  it('comes back with 422, what was typed, and each message beside its field', async () => {
    await page.goto(`${dashboard.url}/tenants/new`);
    await fillTenantForm(page, {
      username: 'ğüneş',
      password: 'abc',
      business_name: 'Güneş "Diş" <Kliniği>',
      openai_api_key: 'sk-gizli anahtar',
      system_prompt: '\nkısa',
    });
    const answer = await submit(page, 'Kaydet');

    expect(answer.status()).toBe(422);
    expect(await page.getByLabel('Kullanıcı adı').inputValue()).toBe('ğüneş');
    expect(await page.getByLabel('İşletme adı').inputValue()).toBe(
      'Güneş "Diş" <Kliniği>',
    );
    expect(await page.getByLabel('Sistem talimatı').inputValue()).toBe(
      '\nkısa',
    );
    expect(await page.getByLabel('Parola').inputValue()).toBe('');
    expect(await page.getByLabel('OpenAI API anahtarı').inputValue()).toBe('');
    const html = await answer.text();
    expect(html).not.toContain('sk-gizli');
    expect(html).not.toContain('value="abc"');
    expect(await messageOf('Kullanıcı adı')).toMatch(/İngilizce harfler/);
    expect(await messageOf('Parola')).toBe('Parola en az 6 karakter olmalı.');
    expect(await messageOf('İşletme adı')).toBe('');
    expect(await messageOf('OpenAI API anahtarı')).toMatch(/boşluk/);
    expect(await messageOf('Sistem talimatı')).toMatch(/en az 10 karakter/);
    expect(await focusedId()).toBe('username');
  });

  it('has a summary that leads to each bad field', async () => {
    await page.goto(`${dashboard.url}/tenants/new`);
    await submit(page, 'Kaydet');
    const summary = page.getByRole('alert');

    expect(await summary.getByRole('link').allInnerTexts()).toEqual([
      'İşletme adı boş olamaz.',
      'Kullanıcı adı en az 3 karakter olmalı.',
      'Parola en az 6 karakter olmalı.',
      'OpenAI API anahtarı en az 20 karakter olmalı.',
    ]);
    await summary.getByRole('link', { name: 'Parola' }).click();
    expect(await focusedId()).toBe('password');
  });

  it('comes back with 409 for a taken name', async () => {
    const taken = tenantFactory.build();
    await dashboard.addTenant(taken);
    await page.goto(`${dashboard.url}/tenants/new`);
    await fillTenantForm(page, {
      ...tenantFactory.build(),
      username: taken.username.toUpperCase(),
      business_name: 'İkinci',
    });
    const answer = await submit(page, 'Kaydet');

    expect(answer.status()).toBe(409);
    expect(await messageOf('Kullanıcı adı')).toBe(
      'Bu kullanıcı adı zaten kullanılıyor',
    );
    expect(await page.getByLabel('İşletme adı').inputValue()).toBe('İkinci');
    expect(await focusedId()).toBe('username');
  });

  it('leaves the tenant as it was when an edit is refused', async () => {
    const tenant = tenantFactory.build({ business_name: 'Eski ad' });
    const id = await dashboard.addTenant(tenant);
    await page.goto(`${dashboard.url}/tenants/${id}/edit`);
    await fillTenantForm(page, { business_name: '   ', password: '123' });
    const answer = await submit(page, 'Kaydet');

    expect(answer.status()).toBe(422);
    expect(await messageOf('İşletme adı')).toMatch(/boşluklardan/);
    expect(await messageOf('Parola')).toMatch(/en az 6/);
    await page.goto(`${dashboard.url}/tenants/${id}`);
    expect(await page.locator('h1').innerText()).toBe('Eski ad');
  });

  it('comes back with 401 when the sign-in fails, with the name and without the password', async () => {
    const visitor = await newContext(browser);
    page = await visitor.context.newPage();
    await page.goto(`${dashboard.url}/login`);
    await page.getByLabel('Kullanıcı adı').fill(ADMIN.username);
    await page.getByLabel('Parola').fill('yanlış-parola-42');
    const answer = await submit(page, 'Giriş yap');

    expect(answer.status()).toBe(401);
    expect(await page.getByRole('alert').innerText()).toBe(
      'Kullanıcı adı veya parola yanlış. Yeniden deneyin.',
    );
    expect(await page.getByLabel('Kullanıcı adı').inputValue()).toBe(
      ADMIN.username,
    );
    expect(await answer.text()).not.toContain('yanlış-parola-42');
    expect(await focusedId()).toBe('password');
  });

  it('is refused with a page that says what to do when its token is not ours', async () => {
    const { context } = await newContext(browser);
    page = await context.newPage();
    await dashboard.signIn(page);
    await page.evaluate(
      `document.querySelector('form[action="/logout"] [name=_csrf]').value = 'x'`,
    );
    const answer = await submit(page, 'Çıkış');

    expect(answer.status()).toBe(403);
    const text = await page.locator('main').innerText();
    expect(text).toContain('sayfayı yenileyin');
    expect(text).toContain(answer.headers()['x-request-id']);
    await page.getByRole('link', { name: 'Müşterilere dön' }).click();
    expect(page.url()).toBe(`${dashboard.url}/`);
    await submit(page, 'Çıkış');
    expect(page.url()).toBe(`${dashboard.url}/login`);
  });

  it('is refused without any form when it comes from another site', async () => {
    const { context } = await newContext(browser);
    const answer = await context.request.post(`${dashboard.url}/login`, {
      headers: { 'Sec-Fetch-Site': 'cross-site', 'Accept-Language': 'tr' },
      form: { username: ADMIN.username, password: ADMIN.password },
    });

    expect(answer.status()).toBe(403);
    const html = await answer.text();
    expect(html).toContain('Form kabul edilmedi');
    expect(html).not.toContain('<form');
  });

  it('shows both versions when someone else has saved in the meantime', async () => {
    const { context } = await newContext(browser);
    page = await context.newPage();
    await dashboard.signIn(page);
    const id = await dashboard.addTenant(
      tenantFactory.build({ business_name: 'İlk ad' }),
    );
    await page.goto(`${dashboard.url}/tenants/${id}/edit`);
    const other = await context.newPage();
    await other.goto(`${dashboard.url}/tenants/${id}/edit`);
    await fillTenantForm(other, { business_name: 'Başkasının adı' });
    await submit(other, 'Kaydet');

    await fillTenantForm(page, { business_name: 'Benim adım' });
    const answer = await submit(page, 'Kaydet');

    expect(answer.status()).toBe(409);
    const text = await page.locator('main').innerText();
    expect(text).toContain('Başkasının adı');
    expect(text).toContain('Benim adım');
    expect(await page.getByLabel('İşletme adı').inputValue()).toBe(
      'Benim adım',
    );
    await submit(page, 'Kaydet');
    expect(await page.locator('h1').innerText()).toBe('Benim adım');
  });
});
