import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { migrateHere } from '../helpers/database-setup.js';
import { Service } from '../helpers/service.js';
import { sql } from '../helpers/test-database.js';
import { workspaceForTest } from '../helpers/workspace.js';

it('a service purges the bin by itself soon after its start', async () => {
  const folder = workspaceForTest();
  const file = join(folder, 'randevu_asistani.db');
  await migrateHere(file);
  await sql(
    file,
    `INSERT INTO deleted_tenants (id, username, password_hash, business_name, openai_api_key, system_prompt, deleted_at)
     VALUES (1, 'old', 'x', 'x', '', 'x', '2020-01-01 00:00:00.000000')`,
  );
  const inBin = (): Promise<unknown[]> =>
    sql(file, 'SELECT id FROM deleted_tenants');
  const service = await Service.start(folder, { NODE_ENV: 'production' });
  try {
    while ((await inBin()).length > 0) await sleep(50);
    const [entry] = await sql(
      file,
      'SELECT actor, action, target FROM audit_entries',
    );
    expect(entry).toEqual({
      actor: 'system',
      action: 'tenant.purged',
      target: 'tenant:1',
    });
    expect(await service.stop()).toBe(0);
  } finally {
    await service.stop('SIGKILL');
  }
  expect(service.output.stderr).toBe('');
});
