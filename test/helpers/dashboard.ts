import type { Page, Response } from 'playwright-core';
import type { TenantInput } from '../factories/tenant.factory.js';
import { Service } from './service.js';
import { makeWorkspace, removeWorkspace } from './workspace.js';

export const ADMIN = { username: 'zeynep', password: 'kapı-önünde-ıhlamur' };

/** The built service in production mode with one admin, as a browser meets it. */
export class Dashboard {
  #token: string | undefined;

  private constructor(readonly service: Service) {}

  static async start(env: Record<string, string> = {}): Promise<Dashboard> {
    const service = await Service.start(makeWorkspace(), {
      NODE_ENV: 'production',
      LOG_LEVEL: 'silent',
      ...env,
    });
    const { code, stderr } = await service.cli(
      ['admin', 'create', '--username', ADMIN.username],
      ADMIN.password,
    );
    if (code !== 0) throw new Error(`admin create: ${stderr}`);
    return new Dashboard(service);
  }

  get url(): string {
    return this.service.url;
  }

  get databaseFile(): string {
    return `${this.service.cwd}/randevu_asistani.db`;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    removeWorkspace(this.service.cwd);
  }

  /** Adds a tenant over the REST API, as an integrator does. @returns its id. */
  async addTenant(tenant: TenantInput): Promise<number> {
    this.#token ??= await this.service.token();
    const answer = await fetch(`${this.url}/api/tenants/`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${this.#token}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(tenant),
    });
    if (answer.status !== 201) throw new Error(await answer.text());
    return ((await answer.json()) as { id: number }).id;
  }

  /** Follows the page's own form. */
  async signIn(page: Page): Promise<void> {
    await page.goto(`${this.url}/login`);
    await page.getByLabel('Kullanıcı adı').fill(ADMIN.username);
    await page.getByLabel('Parola').fill(ADMIN.password);
    await page.getByRole('button', { name: 'Giriş yap' }).click();
    await page.waitForURL(`${this.url}/`);
  }
}

/** Fills in the tenant form by its labels; an absent field is left alone. */
export async function fillTenantForm(
  page: Page,
  tenant: Partial<TenantInput>,
): Promise<void> {
  const labels: [string, string | undefined][] = [
    ['Kullanıcı adı', tenant.username],
    ['Parola', tenant.password],
    ['İşletme adı', tenant.business_name],
    ['OpenAI API anahtarı', tenant.openai_api_key],
    ['Sistem talimatı', tenant.system_prompt],
  ];
  for (const [label, value] of labels)
    if (value !== undefined) await page.getByLabel(label).fill(value);
}

/** Presses a button that submits a form, and gives the page's answer after any redirect. */
export async function submit(page: Page, button: string): Promise<Response> {
  const [response] = await Promise.all([
    page.waitForResponse(
      (answer) =>
        answer.request().isNavigationRequest() && answer.status() !== 303,
    ),
    page.getByRole('button', { name: button }).click(),
  ]);
  await page.waitForLoadState();
  return response;
}
