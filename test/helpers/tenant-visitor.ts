import { TenantAccountsService } from '../../src/tenants/accounts/tenant-accounts.service.js';
import { TenantSessionsService } from '../../src/tenant-auth/sessions/tenant-sessions.service.js';
import { projectPath } from './paths.js';
import { legacy } from './legacy.js';
import { TestApp, type TestAppOptions } from './test-app.js';
import { Visitor } from './visitor.js';

/** The application on the old application's database, with its three tenants and their known passwords. */
export function startOnLegacyTenants(
  options: Pick<TestAppOptions, 'hashCost'> = {},
): Promise<TestApp> {
  return TestApp.start({
    ...options,
    database: projectPath('test/fixtures/legacy/randevu_asistani.db'),
    env: { ENCRYPTION_KEY: legacy.encryption_key, TRUST_PROXY: '1' },
  });
}

let nextAddress = 0;

/** A newcomer from an address of its own, so that guesses of one test do not slow down another. */
export function newVisitor(app: TestApp): Visitor {
  nextAddress += 1;
  return new Visitor(app.url, {
    'x-forwarded-for': `203.0.113.${nextAddress % 250}`,
    'accept-language': 'tr',
  });
}

/** A tenant with a session that began without the form: checking a password takes half a second. */
export async function tenantVisitor(
  app: TestApp,
  id: number,
): Promise<Visitor> {
  const tenant = await app.nest.get(TenantAccountsService).findById(id);
  if (tenant === null) throw new Error(`there is no tenant ${id}`);
  const { cookie } = await app.nest
    .get(TenantSessionsService)
    .start(tenant, '', { address: '127.0.0.1', userAgent: 'test' });
  const visitor = newVisitor(app);
  visitor.cookies.set('vr_tenant_session', cookie);
  return visitor;
}
