import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeyAdoptionService } from '../../src/keys/key-adoption.service.js';
import { KeyRotationService } from '../../src/keys/key-rotation.service.js';
import { KeysService } from '../../src/keys/keys.service.js';
import { generateEncryptionKey } from '../../src/security/generate-encryption-key.js';
import { KeyRing } from '../../src/security/key-ring.js';
import { TenantBinService } from '../../src/tenants/bin/tenant-bin.service.js';
import { TenantsService } from '../../src/tenants/tenants.service.js';
import { seedTenants } from '../factories/tenant-rows.js';
import { configFor, migrateHere } from '../helpers/database-setup.js';
import { TestApp } from '../helpers/test-app.js';
import { sql } from '../helpers/test-database.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

const OLD = generateEncryptionKey();
const NEW = generateEncryptionKey();
const OLD_KID = kidOf(OLD);
const NEW_KID = kidOf(NEW);
const TENANTS = 500;

function kidOf(key: string): string {
  return new KeyRing([Buffer.from(key, 'base64url')]).primaryKid;
}

describe('keys in the bin', () => {
  const folder = makeWorkspace();
  const template = join(folder, 'template.db');
  let app: TestApp;
  let keys: KeysService;
  let adoption: KeyAdoptionService;
  let tenants: TenantsService;
  let bin: TenantBinService;

  beforeAll(async () => {
    const env = { ENCRYPTION_KEY: OLD };
    await migrateHere(template, env);
    await seedTenants(configFor(template, env), TENANTS);
    await sql(template, 'PRAGMA wal_checkpoint(TRUNCATE)');
    app = await TestApp.start({
      database: template,
      env: { ENCRYPTION_KEY: `${NEW},${OLD}` },
    });
    keys = app.nest.get(KeysService);
    adoption = app.nest.get(KeyAdoptionService);
    tenants = app.nest.get(TenantsService);
    bin = app.nest.get(TenantBinService);
  });
  afterAll(async () => {
    await app.stop();
    removeWorkspace(folder);
  });

  const execute = (statement: string, ...params: unknown[]) =>
    sql(app.databaseFile, statement, params);

  it('are counted, verified and bound like those of living tenants', async () => {
    for (const id of [1, 2, 3]) await tenants.delete(id);
    expect((await keys.status()).keys).toContainEqual({
      kid: OLD_KID,
      role: 'decrypting',
      rows: TENANTS,
      auditKey: true,
    });
    expect(await keys.verify()).toEqual({ ok: TENANTS, faults: [] });
    const [good] = await execute('SELECT * FROM deleted_tenants WHERE id = 1');
    await execute(
      'UPDATE deleted_tenants SET openai_api_key = (SELECT openai_api_key FROM tenants WHERE id = 9) WHERE id = 1',
    );
    expect(await keys.verify()).toEqual({
      ok: TENANTS - 1,
      faults: [
        {
          column: 'deleted_tenants.openai_api_key',
          state: 'unreadable',
          ids: [1],
        },
      ],
    });
    // A copy of another tenant's key is adopted neither here nor there.
    expect(await adoption.adopt()).toEqual({
      adopted: [],
      refused: [{ id: 1, belongsTo: 9 }],
    });
    await execute(
      'UPDATE deleted_tenants SET openai_api_key = ?, openai_api_key_kid = NULL, openai_api_key_mac = NULL WHERE id = 1',
      good?.openai_api_key,
    );
    expect((await keys.status()).unbound).toBe(1);
    expect(await adoption.adopt()).toEqual({ adopted: [1], refused: [] });
    expect(await keys.verify()).toEqual({ ok: TENANTS, faults: [] });
    const restored = await bin.restore(1);
    expect(restored).toMatchObject({
      openai_api_key_state: 'ok',
      openai_api_key_hint: '0001',
    });
  });

  it('all move to the new key while tenants go to the bin and come back', async () => {
    const inBin = new Set([2, 3]);
    const discard = async (id: number): Promise<void> => {
      inBin.add(id);
      await tenants.delete(id);
    };
    for (let id = 100; id <= TENANTS; id += 2) await discard(id);
    const moves: Promise<unknown>[] = [];
    const move = (id: number): Promise<unknown> =>
      inBin.delete(id) ? bin.restore(id) : discard(id);
    let turn = 0;
    const report = await app.nest.get(KeyRotationService).rotate({
      dryRun: false,
      // Those that are asked for here are done before the next batch.
      onProgress: () => {
        for (let count = 0; count < 20; count += 1)
          moves.push(move(4 + (((turn += 1) * 263) % (TENANTS - 3))));
      },
    });
    await Promise.all(moves);

    expect(moves.length).toBeGreaterThanOrEqual(60);
    expect(report).toEqual({
      processed: TENANTS,
      succeeded: TENANTS,
      failed: 0,
      skipped: 0,
    });
    expect((await keys.status()).keys).toEqual([
      { kid: NEW_KID, role: 'encrypting', rows: TENANTS, auditKey: true },
      { kid: OLD_KID, role: 'decrypting', rows: 0, auditKey: false },
    ]);
    expect(await keys.verify()).toEqual({ ok: TENANTS, faults: [] });
  });

  it('keep the key that they need from being retired', async () => {
    await tenants.delete(1);
    await execute(
      'UPDATE deleted_tenants SET openai_api_key_kid = ? WHERE id = 1',
      OLD_KID,
    );
    expect(await keys.retire(OLD_KID)).toEqual({
      done: false,
      reason: 'in-use',
      rows: 1,
    });
    await bin.purge(1);
    expect(await keys.retire(OLD_KID)).toEqual({ done: true });
  });
});
