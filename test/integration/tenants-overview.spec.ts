import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TenantsOverviewService } from '../../src/tenants/overview/tenants-overview.service.js';
import { seedTenants } from '../factories/tenant-rows.js';
import { configFor } from '../helpers/database-setup.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

describe(TenantsOverviewService.name, () => {
  const NOW = new Date('2026-11-23T12:00:00Z');
  let app: TestApp;
  let database: TestDatabase;
  let overview: TenantsOverviewService;

  beforeAll(async () => {
    app = await TestApp.start();
    database = new TestDatabase(app.databaseFile);
    overview = app.nest.get(TenantsOverviewService);
  });
  afterAll(async () => {
    await database.close();
    await app.stop();
  });

  it('is all zero without tenants', async () => {
    const { createdByMonth, ...counts } = await overview.get(NOW);
    expect(counts).toEqual({
      active: 0,
      suspended: 0,
      unreadableKeys: 0,
      createdThisMonth: 0,
    });
    expect(createdByMonth.map(({ tenants }) => tenants)).toEqual(
      Array.from({ length: 12 }, () => 0),
    );
  });

  it('counts statuses, keys that cannot be read, and the months they were created in', async () => {
    await seedTenants(configFor(app.databaseFile), 10);
    await database.exec(
      `UPDATE tenants SET status = 'suspended' WHERE id IN (2, 3, 4);
       UPDATE tenants SET openai_api_key_kid = 'deadbeef' WHERE id = 5;
       UPDATE tenants SET openai_api_key_kid = NULL, openai_api_key_mac = NULL WHERE id = 6;
       UPDATE tenants SET openai_api_key = '', openai_api_key_kid = NULL WHERE id = 7;
       UPDATE tenants SET created_at = '2026-10-31 20:59:59.999999' WHERE id = 1;
       UPDATE tenants SET created_at = '2026-10-31 21:00:00' WHERE id = 2;
       UPDATE tenants SET created_at = '2026-11-30 20:59:59.999999' WHERE id = 3;
       UPDATE tenants SET created_at = '2026-11-30 21:00:00.000000' WHERE id = 4;
       UPDATE tenants SET created_at = '2025-11-30 21:00:00.000000' WHERE id = 5;
       UPDATE tenants SET created_at = '2025-11-30 20:59:59.999999' WHERE id = 6;
       UPDATE tenants SET created_at = NULL WHERE id > 6;`,
    );
    const { createdByMonth, ...counts } = await overview.get(NOW);
    expect(counts).toEqual({
      active: 7,
      suspended: 3,
      unreadableKeys: 2,
      createdThisMonth: 2,
    });
    expect(createdByMonth).toHaveLength(12);
    expect(createdByMonth.filter(({ tenants }) => tenants > 0)).toEqual([
      { month: '2025-12', tenants: 1 },
      { month: '2026-10', tenants: 1 },
      { month: '2026-11', tenants: 2 },
    ]);
  });

  it('follows what the old application deletes and changes', async () => {
    await database.exec(
      "DELETE FROM tenants WHERE id IN (1, 2); UPDATE tenants SET status = 'active' WHERE id = 3",
    );
    const { active, suspended } = await overview.get(NOW);
    expect({ active, suspended }).toEqual({ active: 7, suspended: 1 });
  });
});
