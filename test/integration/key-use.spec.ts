import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config.error.js';
import { KeyRotationService } from '../../src/keys/key-rotation.service.js';
import { KeysService } from '../../src/keys/keys.service.js';
import { generateEncryptionKey } from '../../src/security/generate-encryption-key.js';
import { KeyRing } from '../../src/security/key-ring.js';
import { TenantsService } from '../../src/tenants/tenants.service.js';
import { seedTenants } from '../factories/tenant-rows.js';
import { configFor, migrateHere } from '../helpers/database-setup.js';
import { TestApp } from '../helpers/test-app.js';
import { sql } from '../helpers/test-database.js';
import { workspaceForTest } from '../helpers/workspace.js';

const OLD = generateEncryptionKey();
const NEW = generateEncryptionKey();
const OLD_KID = kidOf(OLD);
const NEW_KID = kidOf(NEW);

function kidOf(key: string): string {
  return new KeyRing([Buffer.from(key, 'base64url')]).primaryKid;
}

/** A database whose three tenants are under the old key. */
async function database(): Promise<string> {
  const file = join(workspaceForTest(), 'keys.db');
  const env = { ENCRYPTION_KEY: OLD };
  await migrateHere(file, env);
  await seedTenants(configFor(file, env), 3);
  await sql(file, 'PRAGMA wal_checkpoint(TRUNCATE)');
  return file;
}

const change = (running: TestApp, id: number) =>
  running.nest.get(TenantsService).update(id, { business_name: 'Yeni ad' });
const rotate = (running: TestApp) =>
  running.nest.get(KeyRotationService).rotate({ dryRun: false });
const auditKid = async (file: string): Promise<unknown> =>
  (await sql(file, 'SELECT kid FROM audit_key'))[0]?.kid;

describe('what needs a key', () => {
  let app: TestApp | undefined;
  afterEach(async () => {
    await app?.stop();
    app = undefined;
  });

  async function serve(file: string, ...keys: string[]): Promise<TestApp> {
    app = await TestApp.start({
      database: file,
      env: { ENCRYPTION_KEY: keys.join(',') },
    });
    return app;
  }

  it('the audit key, which a rotation moves and a start does not', async () => {
    const running = await serve(await database(), NEW, OLD);
    const keys = running.nest.get(KeysService);
    expect(await auditKid(running.databaseFile)).toBe(OLD_KID);
    await sql(running.databaseFile, "UPDATE tenants SET openai_api_key = ''");
    expect(await keys.retire(OLD_KID)).toEqual({
      done: false,
      reason: 'audit-key',
    });
    await change(running, 1);
    await rotate(running);
    expect(await auditKid(running.databaseFile)).toBe(NEW_KID);
    // The chain's key itself is the same as before.
    await change(running, 2);
    expect(await keys.retire(OLD_KID)).toEqual({ done: true });
    await expect(
      migrateHere(running.databaseFile, { ENCRYPTION_KEY: NEW }),
    ).resolves.toBe('');
  });

  it('the audit key, without which nothing starts', async () => {
    const file = await database();
    await migrateHere(file, { ENCRYPTION_KEY: `${NEW},${OLD}` });
    await sql(file, "UPDATE tenants SET openai_api_key = ''");
    await expect(
      migrateHere(file, { ENCRYPTION_KEY: NEW }),
    ).rejects.toMatchObject({
      name: ConfigError.name,
      faults: [
        { reason: expect.stringContaining(`${OLD_KID} (denetim kaydı)`) },
      ],
    });
  });

  it('no row without a secret, whatever kid stands beside', async () => {
    const running = await serve(await database(), NEW, OLD);
    const keys = running.nest.get(KeysService);
    await sql(
      running.databaseFile,
      "UPDATE tenants SET openai_api_key = '' WHERE id = 2",
    );
    expect(await rotate(running)).toMatchObject({ succeeded: 2, skipped: 1 });
    expect((await keys.status()).keys).toContainEqual({
      kid: OLD_KID,
      role: 'decrypting',
      rows: 0,
      auditKey: false,
    });
    expect(await keys.retire(OLD_KID)).toEqual({ done: true });
    await expect(
      migrateHere(running.databaseFile, { ENCRYPTION_KEY: NEW }),
    ).resolves.toBe('');
  });

  it('no row with a kid that this database has never met: it is damaged, and hurts its tenant alone', async () => {
    const file = await database();
    await sql(
      file,
      "UPDATE tenants SET openai_api_key_kid = 'deadbeef' WHERE id = 2",
    );
    const running = await serve(file, OLD);
    const keys = running.nest.get(KeysService);
    const states = await Promise.all(
      [1, 2, 3].map((id) => running.nest.get(TenantsService).get(id)),
    );

    expect(states.map(({ openai_api_key_state: state }) => state)).toEqual([
      'ok',
      'unreadable',
      'ok',
    ]);
    expect(await keys.verify()).toEqual({
      ok: 2,
      faults: [
        { column: 'tenants.openai_api_key', state: 'unreadable', ids: [2] },
      ],
    });
    expect((await keys.status()).keys).toContainEqual({
      kid: 'deadbeef',
      role: 'unknown',
      rows: 1,
      auditKey: false,
    });
    expect(await change(running, 2)).toMatchObject({ version: 2 });
  });

  it('every row, where no check value is left to tell', async () => {
    const file = await database();
    await sql(file, 'DELETE FROM encryption_key_checks');
    await expect(migrateHere(file, { ENCRYPTION_KEY: NEW })).rejects.toThrow(
      ConfigError,
    );
    await expect(migrateHere(file, { ENCRYPTION_KEY: OLD })).resolves.toBe('');
  });
});
