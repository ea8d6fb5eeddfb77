import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { LOCKS } from '../../src/database/locks.js';
import { TransactionRunner } from '../../src/database/transaction-runner.js';
import { ImportCancellation } from '../../src/imports/import-cancellation.service.js';
import { ImportsService } from '../../src/imports/imports.service.js';
import { KeysService } from '../../src/keys/keys.service.js';
import { SteadyClock } from '../../src/maintenance/steady-clock.js';
import { TenantBinService } from '../../src/tenants/bin/tenant-bin.service.js';
import { TenantsService } from '../../src/tenants/tenants.service.js';
import type { CreateTenantDto } from '../../src/tenants/dto/create-tenant.dto.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import { TestApp } from '../helpers/test-app.js';

const newTenant = () =>
  tenantFactory.build({
    system_prompt: 'Randevu alan bir asistansın.',
  }) as CreateTenantDto;

/** On SQLite the writer lane holds everybody off, lock or not: what can be seen is only that they are named. */
describe('LOCKS', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  /** @returns the options of the first transaction, whatever becomes of it. */
  async function optionsOf(work: () => Promise<unknown>): Promise<unknown> {
    const run = vi.spyOn(app.nest.get(TransactionRunner), 'run');
    try {
      await work().catch(() => undefined);
      return run.mock.calls[0]?.[1];
    } finally {
      run.mockRestore();
    }
  }

  it('have numbers of their own', () => {
    const numbers = Object.values(LOCKS);

    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('are named by whoever gives a name', async () => {
    const tenants = app.nest.get(TenantsService);
    const bin = app.nest.get(TenantBinService);
    const admins = app.nest.get(AdminsService);
    const { id } = await tenants.create(newTenant());
    const password = 'Uzun-Bir-Parola-1';

    for (const work of [
      () => tenants.create(newTenant()),
      () => tenants.update(id, { username: 'baska_ad' }),
      () => bin.restore(id),
      () => admins.create({ username: 'ikinci', password }),
      () => admins.disable(1, 2),
    ])
      expect(await optionsOf(work)).toEqual({ lock: 'accounts' });
    expect(
      await optionsOf(() => tenants.update(id, { business_name: 'Yeni Ad' })),
    ).toEqual({});
  });

  it('are named by rules over imports, keys, ages and time', async () => {
    const { nest } = app;

    for (const work of [
      () =>
        nest
          .get(ImportsService)
          .receive(Readable.from([Buffer.from('{}')]), { dryRun: true }),
      () => nest.get(ImportCancellation).cancel(1),
    ])
      expect(await optionsOf(work)).toEqual({ lock: 'imports' });
    expect(
      await optionsOf(() => nest.get(KeysService).retire('unknown0')),
    ).toEqual({ lock: 'encryptionKeys', snapshot: true });
    expect(
      await optionsOf(() => nest.get(TenantBinService).purgeExpired(1)),
    ).toEqual({ lock: 'purge' });
    expect(await optionsOf(() => nest.get(SteadyClock).observe())).toEqual({
      lock: 'clock',
    });
  });
});
