import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sizeOf } from '../../src/database/sqlite/copy-to-new-file.js';
import { generateEncryptionKey } from '../../src/security/generate-encryption-key.js';
import { KeyRing } from '../../src/security/key-ring.js';
import { discardTenants, seedTenants } from '../factories/tenant-rows.js';
import { configFor, migrateHere } from '../helpers/database-setup.js';
import { hashOf } from '../helpers/database-files.js';
import { copyLegacyDatabase, legacy } from '../helpers/legacy.js';
import { run, Service, TEST_SECRET_KEY } from '../helpers/service.js';
import { sql } from '../helpers/test-database.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

const DATABASE = 'randevu_asistani.db';
const KEY = generateEncryptionKey();
const NEW = generateEncryptionKey();
const OTHER = generateEncryptionKey();
const ZERO = `${'A'.repeat(43)}=`;
/** Decodes to the same 32 bytes as KEY, but is not how they are written. */
const SLOPPY = `${KEY.slice(0, 42)}${nextDigit(KEY.charAt(42))}=`;
const LEGACY = legacy.encryption_key;

type Kind =
  | 'none'
  | 'ours'
  | 'untenanted'
  | 'halfway'
  | 'retired'
  | 'legacy'
  | 'mixed'
  | 'binned'
  | 'damaged';

interface KeyConfig {
  what: string;
  database: Kind;
  /** ENCRYPTION_KEY. */
  key?: string;
  /** Content of the file that ENCRYPTION_KEY_FILE names; null for none. */
  file?: string | null;
  /** What the refusal says; the service starts where there is none. */
  says?: string | RegExp;
}

const good: KeyConfig[] = [
  { what: 'the one key', database: 'ours', key: KEY },
  { what: 'its key, then a new one', database: 'ours', key: `${KEY},${NEW}` },
  { what: 'a new key, then its own', database: 'ours', key: `${NEW},${KEY}` },
  { what: 'blanks around keys', database: 'ours', key: ` ${NEW} , ${KEY} ` },
  { what: 'a key file', database: 'ours', file: KEY },
  { what: 'a key file with a line end', database: 'ours', file: `${KEY}\n` },
  {
    what: 'an empty variable beside a key file that Windows wrote',
    database: 'ours',
    key: '',
    file: `${NEW},${KEY}\r\n`,
  },
  { what: 'a retired key removed', database: 'retired', key: NEW },
  { what: 'a retired key kept', database: 'retired', key: `${NEW},${KEY}` },
  { what: 'any key for a new database', database: 'none', key: OTHER },
  { what: 'the old application’s key', database: 'legacy', key: LEGACY },
  { what: 'a new key before it', database: 'legacy', key: `${NEW},${LEGACY}` },
  { what: 'a key of some of its rows', database: 'mixed', key: LEGACY },
  { what: 'the one key, beside an unknown kid', database: 'damaged', key: KEY },
];

const bad: KeyConfig[] = [
  {
    what: 'a wrong key',
    database: 'ours',
    key: OTHER,
    says: `${kidOf(KEY)} (3 müşteri)`,
  },
  {
    what: 'two wrong keys',
    database: 'ours',
    key: `${OTHER},${NEW}`,
    says: `${kidOf(KEY)} (3 müşteri)`,
  },
  {
    what: 'a key removed before its rows have moved',
    database: 'halfway',
    key: NEW,
    says: `${kidOf(KEY)} (2 müşteri)`,
  },
  {
    what: 'the new key removed instead of the old one',
    database: 'halfway',
    key: KEY,
    says: `${kidOf(NEW)} (1 müşteri)`,
  },
  {
    what: 'the retired key instead of the new one',
    database: 'retired',
    key: KEY,
    says: `${kidOf(NEW)} (3 müşteri)`,
  },
  {
    what: 'a key removed that only the bin needs',
    database: 'binned',
    key: NEW,
    says: `${kidOf(KEY)} (2 müşteri)`,
  },
  {
    what: 'the key of another database, and no tenant yet',
    database: 'untenanted',
    key: OTHER,
    says: kidOf(KEY),
  },
  {
    what: 'a wrong key for the old application’s database',
    database: 'legacy',
    key: OTHER,
    says: '3 müşterinin hiçbirinin',
  },
  {
    what: 'no key for the old application’s database',
    database: 'legacy',
    says: 'eksik',
  },
  { what: 'no key', database: 'ours', says: 'geri koyun' },
  { what: 'an empty key', database: 'ours', key: '', says: 'eksik' },
  { what: 'blanks for a key', database: 'ours', key: '  ', says: '1. anahtar' },
  {
    what: 'a key cut short',
    database: 'ours',
    key: KEY.slice(0, 40),
    says: '1. anahtar geçerli bir Fernet anahtarı değil',
  },
  {
    what: 'a key that is written sloppily',
    database: 'ours',
    key: SLOPPY,
    says: '1. anahtar',
  },
  {
    what: 'a bad second key',
    database: 'ours',
    key: `${KEY},kötü`,
    says: '2. anahtar',
  },
  {
    what: 'a comma behind the last key',
    database: 'ours',
    key: `${KEY},`,
    says: '2. anahtar',
  },
  { what: 'a key of zeros', database: 'ours', key: ZERO, says: 'sıfır' },
  {
    what: 'one key twice',
    database: 'ours',
    key: `${KEY},${NEW},${KEY}`,
    says: 'birden fazla kez',
  },
  {
    what: 'a key and a key file',
    database: 'ours',
    key: KEY,
    file: KEY,
    says: /ENCRYPTION_KEY_FILE: .*birlikte verilemez/,
  },
  {
    what: 'a key file that is not there',
    database: 'ours',
    file: null,
    says: /ENCRYPTION_KEY_FILE: .*yok/,
  },
  {
    what: 'an empty key file',
    database: 'ours',
    file: '\n',
    says: /ENCRYPTION_KEY_FILE: .*boş/,
  },
  {
    what: 'a key file of two lines',
    database: 'ours',
    file: `${KEY}\n${NEW}\n`,
    says: '1. anahtar',
  },
  {
    what: 'a key file with a wrong key',
    database: 'ours',
    file: OTHER,
    says: `${kidOf(KEY)} (3 müşteri)`,
  },
];

function says(config: KeyConfig, text: string): boolean {
  return typeof config.says === 'string'
    ? text.includes(config.says)
    : config.says?.test(text) === true;
}

function kidOf(key: string): string {
  return new KeyRing([Buffer.from(key, 'base64url')]).primaryKid;
}

/** The next digit of base64url: 43 of them hold 258 bits, so the last two of a key's 43rd are not read. */
function nextDigit(digit: string): string {
  const digits =
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return digits.charAt(digits.indexOf(digit) + 1);
}

describe('key configurations at boot', () => {
  const base = makeWorkspace();
  const template = (kind: Kind): string => join(base, `${kind}.db`);

  beforeAll(async () => {
    const single = { ENCRYPTION_KEY: KEY };
    const both = { ENCRYPTION_KEY: `${NEW},${KEY}` };
    await migrateHere(template('untenanted'), single);
    copyFileSync(template('untenanted'), template('ours'));
    await seedTenants(configFor(template('ours'), single), 3);

    copyFileSync(template('ours'), template('damaged'));
    await sql(
      template('damaged'),
      "UPDATE tenants SET openai_api_key_kid = 'deadbeef' WHERE id = 2",
    );

    copyFileSync(template('untenanted'), template('retired'));
    await migrateHere(template('retired'), both);
    await seedTenants(configFor(template('retired'), both), 3);
    copyFileSync(template('retired'), template('halfway'));
    for (const command of [['rotate'], ['retire', kidOf(KEY)]]) {
      const { code, stderr } = await run('cli.js', ['keys', ...command], base, {
        ...both,
        DATABASE_URL: `sqlite:///${template('retired')}`,
        SECRET_KEY: TEST_SECRET_KEY,
        NODE_ENV: 'production',
      });
      if (code !== 0) throw new Error(stderr);
    }
    await sql(
      template('halfway'),
      'UPDATE tenants SET openai_api_key_kid = ? WHERE id <= 2',
      [kidOf(KEY)],
    );

    copyFileSync(template('halfway'), template('binned'));
    await discardTenants(configFor(template('binned'), both), [1, 2]);

    copyFileSync(copyLegacyDatabase(base), template('legacy'));
    copyFileSync(template('legacy'), template('mixed'));
    await sql(
      template('mixed'),
      'UPDATE tenants SET openai_api_key = ? WHERE id = 2',
      [new KeyRing([Buffer.from(OTHER, 'base64url')]).encrypt('sk-of-another')],
    );
  });
  afterAll(() => removeWorkspace(base));

  /** A folder of its own with the database and the key file, and the environment. */
  function prepare({ database, key, file }: KeyConfig): {
    folder: string;
    env: Record<string, string>;
  } {
    const folder = mkdtempSync(join(base, 'run-'));
    if (database !== 'none')
      copyFileSync(template(database), join(folder, DATABASE));
    mkdirSync(join(folder, 'secrets'));
    if (typeof file === 'string')
      writeFileSync(join(folder, 'secrets', 'key'), file);
    const env = {
      SECRET_KEY: TEST_SECRET_KEY,
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      // `Service.start` would give one.
      ENCRYPTION_KEY: key ?? '',
      ...(file !== undefined && { ENCRYPTION_KEY_FILE: 'secrets/key' }),
    };
    return { folder, env };
  }

  it('are at least 25', () => {
    expect(good.length + bad.length).toBeGreaterThanOrEqual(25);
  });

  it.each(good)('starts with $what ($database)', async (config) => {
    const { folder, env } = prepare(config);
    const service = await Service.start(folder, env);
    const ready = await fetch(`${service.url}/health/ready`);

    await service.stop('SIGKILL');
    expect(ready.status).toBe(200);
  });

  it.concurrent.each(bad)(
    'refuses $what ($database): 78, nothing touched',
    async (config) => {
      const { folder, env } = prepare(config);
      const file = join(folder, DATABASE);
      const hash = hashOf(file);
      const { code, stdout, stderr } = await run('main.js', [], folder, env);

      expect([code, stdout]).toEqual([78, '']);
      expect(stderr).toMatch(/^ {2}ENCRYPTION_KEY(_FILE)?: /m);
      expect(says(config, stderr)).toBe(true);
      for (const secret of [KEY, NEW, OTHER, LEGACY])
        expect(stderr).not.toContain(secret.slice(0, 12));
      expect(hashOf(file)).toBe(hash);
      // Whoever reads a database in write-ahead mode makes an empty log and its index.
      expect(sizeOf(`${file}-wal`)).toBe(0);
      expect(
        readdirSync(folder).filter((name) => !/-(wal|shm)$/.test(name)),
      ).toEqual([DATABASE, 'secrets']);
    },
  );

  it.each([
    { what: 'of the other key', database: 'mixed', key: LEGACY },
    { what: 'of a kid that nobody knows', database: 'damaged', key: KEY },
  ] as const)(
    'leaves only the row $what unreadable, and names it',
    async (config) => {
      const { folder, env } = prepare(config);
      const verify = await run('cli.js', ['keys', 'verify'], folder, env);

      expect(verify).toMatchObject({
        code: 1,
        stdout: 'ok: 2\ntenants.openai_api_key unreadable: 1 (id: 2)\n',
      });
    },
  );
});
