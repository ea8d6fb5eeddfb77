import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { generateEncryptionKey } from '../../src/security/generate-encryption-key.js';
import { kidOf } from '../../src/security/key-ring.js';
import { seedTenants } from '../factories/tenant-rows.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import { TenantsApi } from '../helpers/api.js';
import { hashOf } from '../helpers/database-files.js';
import { configFor, migrateHere, tokenIn } from '../helpers/database-setup.js';
import {
  run,
  Service,
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import { sql, withDatabase } from '../helpers/test-database.js';
import { workspaceForTest } from '../helpers/workspace.js';

const NEW_KEY = generateEncryptionKey();
const OLD_KID = kidOf(Buffer.from(TEST_ENCRYPTION_KEY, 'base64url'));
/** Of an operator who has already put the next key first. */
const ENV = {
  NODE_ENV: 'production',
  SECRET_KEY: TEST_SECRET_KEY,
  ENCRYPTION_KEY: `${NEW_KEY},${TEST_ENCRYPTION_KEY}`,
};

async function filledDatabase(): Promise<{ folder: string; file: string }> {
  const folder = workspaceForTest();
  const file = join(folder, 'randevu_asistani.db');
  await migrateHere(file);
  await seedTenants(configFor(file), 2);
  return { folder, file };
}

/** Every key that something in the database needs or knows. */
async function kidsIn(file: string): Promise<string[]> {
  const rows = await sql<{ kid: string }>(
    file,
    `SELECT kid FROM encryption_key_checks UNION SELECT kid FROM audit_key
     UNION SELECT openai_api_key_kid FROM tenants UNION SELECT payload_kid FROM tenant_import_payloads`,
  );
  return rows.map(({ kid }) => kid);
}

describe('a command that only reads', () => {
  it('writes not a byte, whatever keys it is given', async () => {
    const { folder, file } = await filledDatabase();
    // What the old application has written waits for the next write to be found.
    await withDatabase(file, (database) =>
      database.insertLegacyTenant({ username: 'eski' }),
    );
    const before = hashOf(file);
    const commands: [number, ...string[]][] = [
      [0, 'token', 'list'],
      [0, 'keys', 'rotate', '--dry-run'],
      [0, 'audit', 'verify'],
      // It finds what the old application has written.
      [1, 'keys', 'verify'],
    ];
    for (const [expected, ...command] of commands) {
      const { code } = await run('cli.js', command, folder, ENV);
      expect([code, ...command]).toEqual([expected, ...command]);
      expect(hashOf(file)).toBe(before);
    }
    expect(readdirSync(folder)).toEqual(['randevu_asistani.db']);
  });
});

describe('a key that the running server does not know', () => {
  it('is made necessary by no command: keys rotate asks for a restart before', async () => {
    const { folder, file } = await filledDatabase();
    const service = await Service.start(folder, { NODE_ENV: 'production' });
    onTestFinished(async () => void (await service.stop('SIGKILL')));
    const api = new TenantsApi(service.url, await tokenIn(file));
    const ready = () => fetch(`${service.url}/health/ready`);
    const line = `${JSON.stringify(tenantFactory.build())}\n`;
    for (const [command, stdin] of [
      [['tenants', 'import', '-'], line],
      [['db', 'migrate'], ''],
    ] as const) {
      const { code, stderr } = await run('cli.js', command, folder, ENV, stdin);
      expect([command, code, code === 0 ? '' : stderr]).toEqual([
        command,
        0,
        '',
      ]);
    }
    expect(await kidsIn(file)).toEqual([OLD_KID]);
    const retired = await run(
      'cli.js',
      ['keys', 'retire', OLD_KID],
      folder,
      ENV,
    );
    expect(retired.code).toBe(1);
    expect((await ready()).status).toBe(200);

    const rotated = await run('cli.js', ['keys', 'rotate'], folder, ENV);
    const { status, body } = await api.create();
    expect([rotated.code, rotated.stdout]).toEqual([1, '']);
    expect((await ready()).status).toBe(200);
    expect([status, body.openai_api_key_state]).toEqual([201, 'ok']);
    expect(await kidsIn(file)).toEqual([OLD_KID]);
  });
});
