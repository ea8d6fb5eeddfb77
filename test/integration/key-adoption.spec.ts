import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AdoptionReport,
  KeyAdoptionService,
} from '../../src/keys/key-adoption.service.js';
import { KeyRotationService } from '../../src/keys/key-rotation.service.js';
import { KeysService } from '../../src/keys/keys.service.js';
import { generateEncryptionKey } from '../../src/security/generate-encryption-key.js';
import { KeyRing } from '../../src/security/key-ring.js';
import { payloadPlace } from '../../src/imports/tenant-import-payload.entity.js';
import { SecretBox } from '../../src/security/secret-box.js';
import { TenantBinService } from '../../src/tenants/bin/tenant-bin.service.js';
import { TenantsService } from '../../src/tenants/tenants.service.js';
import { seedTenants } from '../factories/tenant-rows.js';
import { configFor, migrateHere } from '../helpers/database-setup.js';
import { TestApp } from '../helpers/test-app.js';
import { sql, TestDatabase } from '../helpers/test-database.js';
import { workspaceForTest } from '../helpers/workspace.js';

const OLD = generateEncryptionKey();
const NEW = generateEncryptionKey();
const TENANTS = 8;

describe('secrets that nothing binds', () => {
  let app: TestApp;
  let database: TestDatabase;

  beforeEach(async () => {
    const file = join(workspaceForTest(), 'keys.db');
    const env = { ENCRYPTION_KEY: OLD };
    await migrateHere(file, env);
    await seedTenants(configFor(file, env), TENANTS);
    await sql(file, 'PRAGMA wal_checkpoint(TRUNCATE)');
    app = await TestApp.start({
      database: file,
      env: { ENCRYPTION_KEY: `${NEW},${OLD}` },
    });
    database = new TestDatabase(app.databaseFile);
  });
  afterEach(async () => {
    await database.close();
    await app.stop();
  });

  const adopt = (): Promise<AdoptionReport> =>
    app.nest.get(KeyAdoptionService).adopt();
  const tokenOf = async (id: number): Promise<string> =>
    (await database.tenant(id)).openai_api_key;
  const put = (id: number, token: string, table = 'tenants') =>
    database.run(
      `UPDATE ${table} SET openai_api_key = ? WHERE id = ?`,
      token,
      id,
    );
  /** As the old application writes a key, which knows of no binding. */
  const writeAsBefore = (id: number, secret: string) =>
    put(id, new KeyRing([Buffer.from(OLD, 'base64url')]).encrypt(secret));
  const stateOf = async (id: number): Promise<string> =>
    (await app.nest.get(TenantsService).get(id)).openai_api_key_state;

  it('are refused where another row’s MAC shows whose they are, living or in the bin, and all others adopted', async () => {
    const tokens = await Promise.all([1, 2, 3, 4, 5].map(tokenOf));
    const [one = '', two = '', three = '', four = '', five = ''] = tokens;
    // Two exchanged, three in a circle, the last of which goes to the bin.
    await put(1, two);
    await put(2, one);
    await put(3, four);
    await put(4, five);
    await put(5, three);
    await app.nest.get(TenantsService).delete(5);
    await writeAsBefore(6, 'sk-written-by-the-old-one');
    // The very same key for two tenants, as some customers have it.
    await writeAsBefore(7, 'sk-one-key-for-two-shops');
    await writeAsBefore(8, 'sk-one-key-for-two-shops');

    const { adopted, refused } = await adopt();
    expect(adopted.toSorted()).toEqual([6, 7, 8]);
    expect(refused).toEqual(
      expect.arrayContaining([
        { id: 1, belongsTo: 2 },
        { id: 2, belongsTo: 1 },
        { id: 3, belongsTo: 4 },
        { id: 4, belongsTo: 5 },
        { id: 5, belongsTo: 3 },
      ]),
    );
    expect(refused).toHaveLength(5);
    expect(await stateOf(1)).toBe('unreadable');
    expect(await stateOf(8)).toBe('ok');

    // Put back as they were, they are whole.
    await put(1, one);
    await put(2, two);
    expect([await stateOf(1), await stateOf(2)]).toEqual(['ok', 'ok']);
  });

  it('are refused where a bound row has the same secret: a copy of before a rotation', async () => {
    await put(2, await tokenOf(1));
    await app.nest.get(KeyRotationService).rotate({ dryRun: false });
    expect(await tokenOf(2)).not.toBe(await tokenOf(1));
    expect(await adopt()).toEqual({
      adopted: [],
      refused: [{ id: 2, belongsTo: 1 }],
    });
    await app.nest.get(TenantsService).delete(1);
    expect(await adopt()).toEqual({
      adopted: [],
      refused: [{ id: 2, belongsTo: 1 }],
    });
  });

  it('are adopted in any spelling that the old application could read, and kept properly spelled', async () => {
    const tokens = [];
    for (const id of [1, 2, 3]) {
      await writeAsBefore(id, `sk-written-by-the-old-one-${id}`);
      tokens.push(await tokenOf(id));
    }
    const [one = '', two = '', three = ''] = tokens;
    await put(1, `${one}\r\n`);
    await put(2, `"${two}"`);
    await put(3, ` ${three.replaceAll('-', '+').replaceAll('_', '/')} `);

    expect(await adopt()).toEqual({ adopted: [1, 2, 3], refused: [] });
    expect([await tokenOf(1), await tokenOf(2), await tokenOf(3)]).toEqual(
      tokens,
    );
    expect(await app.nest.get(KeysService).verify()).toMatchObject({
      ok: TENANTS,
      faults: [],
    });
    const { succeeded, failed } = await app.nest
      .get(KeyRotationService)
      .rotate({ dryRun: false });
    expect([succeeded, failed]).toEqual([TENANTS, 0]);
  });

  it('are refused for what other rows show in any spelling', async () => {
    const [one, two] = [await tokenOf(1), await tokenOf(2)];
    await put(1, `"${two}"`);
    await put(2, `${one}\n`);
    await writeAsBefore(3, 'sk-one-key-for-two-shops');
    await put(4, `${await tokenOf(3)} `);

    expect(await adopt()).toEqual({
      adopted: [],
      refused: [
        { id: 1, belongsTo: 2 },
        { id: 2, belongsTo: 1 },
        { id: 3, belongsTo: 4 },
        { id: 4, belongsTo: 3 },
      ],
    });
  });

  it('are refused where they are no key of a tenant: the audit trail’s key, a check value, a line of an import', async () => {
    const old = new KeyRing([Buffer.from(OLD, 'base64url')]);
    const ring = new KeyRing(
      [NEW, OLD].map((key) => Buffer.from(key, 'base64url')),
    );
    const payload = new SecretBox(ring).seal(
      'sk-of-an-import',
      payloadPlace(1),
    );
    await database.run(
      'INSERT INTO tenant_import_payloads (id, payload, payload_kid, payload_mac) VALUES (1, ?, ?, ?)',
      payload.token,
      payload.kid,
      payload.mac,
    );
    const strays: [number, string][] = [
      [1, 'SELECT token FROM audit_key'],
      [
        2,
        `SELECT check_value FROM encryption_key_checks WHERE kid = '${old.primaryKid}'`,
      ],
      [3, 'SELECT payload FROM tenant_import_payloads'],
    ];
    for (const [id, source] of strays)
      await database.run(
        `UPDATE tenants SET openai_api_key = (${source}), openai_api_key_kid = NULL, openai_api_key_mac = NULL WHERE id = ?`,
        id,
      );
    await put(4, old.encrypt('{"username":"erased"}'));
    await writeAsBefore(5, 'sk-written-by-the-old-one');

    expect(await adopt()).toEqual({
      adopted: [5],
      refused: [1, 2, 3, 4].map((id) => ({ id, belongsTo: 'other' })),
    });
  });

  it('are refused where no key opens them', async () => {
    await put(3, 'gAAAAAnothing');
    expect(await adopt()).toEqual({ adopted: [], refused: [{ id: 3 }] });
  });
});

describe('a token that is stored as a BLOB', () => {
  it('is the same for the list, the verification and the rotation', async () => {
    const file = join(workspaceForTest(), 'keys.db');
    const env = { ENCRYPTION_KEY: OLD };
    await migrateHere(file, env);
    await seedTenants(configFor(file, env), 3);
    await sql(
      file,
      'UPDATE tenants SET openai_api_key = CAST(openai_api_key AS BLOB), openai_api_key_kid = CAST(openai_api_key_kid AS BLOB), openai_api_key_mac = CAST(openai_api_key_mac AS BLOB) WHERE id <= 2',
    );
    await sql(file, 'PRAGMA wal_checkpoint(TRUNCATE)');
    const app = await TestApp.start({
      database: file,
      env: { ENCRYPTION_KEY: `${NEW},${OLD}` },
    });
    const tenants = app.nest.get(TenantsService);
    await tenants.delete(2);
    const binned = await app.nest.get(TenantBinService).get(2);
    const state = (await tenants.get(1)).openai_api_key_state;
    const verified = await app.nest.get(KeysService).verify();
    const rotated = await app.nest
      .get(KeyRotationService)
      .rotate({ dryRun: false });
    const [after] = await sql(
      app.databaseFile,
      'SELECT typeof(openai_api_key) AS type FROM tenants WHERE id = 1',
    );
    const verifiedAgain = await app.nest.get(KeysService).verify();
    await app.stop();

    expect([state, binned.openai_api_key_state]).toEqual(['ok', 'ok']);
    expect(verified).toEqual({ ok: 3, faults: [] });
    expect(rotated).toMatchObject({ succeeded: 3, failed: 0, skipped: 0 });
    expect(after).toEqual({ type: 'text' });
    expect(verifiedAgain).toEqual({ ok: 3, faults: [] });
  });
});
