import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../../test/helpers/service.js';
import {
  makeWorkspace,
  removeWorkspace,
} from '../../test/helpers/workspace.js';
import { ConfigError } from './config.error.js';
import { loadConfig, type RawEnv } from './load-config.js';

const folder = makeWorkspace();
const SECRETS = {
  ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
  SECRET_KEY: TEST_SECRET_KEY,
};
const { ENCRYPTION_KEY: _, ...WITHOUT_KEY } = SECRETS;

afterAll(() => removeWorkspace(folder));

function fileWith(text: string | Buffer): string {
  const file = join(folder, `key-${Math.random()}`);
  writeFileSync(file, text);
  return file;
}

function faultsOf(raw: RawEnv): ConfigError {
  try {
    loadConfig(raw);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

function faultyVariables(raw: RawEnv): string[] {
  return faultsOf(raw)
    .faults.map(({ variable }) => variable)
    .toSorted();
}

describe(loadConfig.name, () => {
  it('needs the two secrets alone', () => {
    const config = loadConfig(SECRETS);

    expect(config).toMatchObject({
      appName: 'Sanal Resepsiyonist',
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      trustedProxyHops: 0,
      apiRequestsPerMinute: 0,
      logLevel: 'info',
      defaultLocale: 'tr',
      production: false,
    });
    expect(config.database.path).toMatch(/\/randevu_asistani\.db$/);
    expect(config.encryptionKeys).toHaveLength(1);
  });

  it('takes an empty variable for a missing one', () => {
    expect(loadConfig({ ...SECRETS, PORT: '', APP_NAME: '' })).toMatchObject({
      port: 3000,
      appName: 'Sanal Resepsiyonist',
    });
    expect(faultyVariables({ ENCRYPTION_KEY: '', SECRET_KEY: '' })).toEqual([
      'ENCRYPTION_KEY',
      'SECRET_KEY',
    ]);
  });

  it('derives PUBLIC_URL from PORT and keeps only its origin', () => {
    expect(loadConfig({ ...SECRETS, PORT: '8080' }).publicUrl).toBe(
      'http://localhost:8080',
    );
    expect(
      loadConfig({ ...SECRETS, PUBLIC_URL: 'https://A.example:443/' })
        .publicUrl,
    ).toBe('https://a.example');
  });

  it('ignores what the old application used and this one does not', () => {
    const old = { DEBUG: 'maybe', ALGORITHM: 'HS256', SOMETHING: '\0' };

    expect(loadConfig({ ...SECRETS, ...old })).toEqual(loadConfig(SECRETS));
  });

  it('reports every fault at once, by name and never by value', () => {
    const bad = {
      APP_NAME: 'SENTINEL\u0007',
      DATABASE_URL: 'SENTINEL://x',
      ENCRYPTION_KEY: 'SENTINEL-key',
      SECRET_KEY: 'SENTINEL',
      HOST: 'SENTINEL_HOST',
      PORT: 'SENTINEL',
      PUBLIC_URL: 'ftp://SENTINEL',
      TRUST_PROXY: 'SENTINEL',
      API_RATE_LIMIT: '-SENTINEL',
      LOG_LEVEL: 'SENTINEL',
      DEFAULT_LOCALE: 'SENTINEL',
      ADMIN_USERNAME: 'SENTINEL!',
    };
    const error = faultsOf(bad);

    expect(faultyVariables(bad)).toEqual(Object.keys(bad).toSorted());
    for (const name of Object.keys(bad))
      expect(error.message).toMatch(new RegExp(`^ {2}${name}: \\S`, 'm'));
    expect(error.message).not.toMatch(/SENTINEL/i);
  });

  it.each(['DATABASE_URL', 'SECRET_KEY', 'ENCRYPTION_KEY_FILE'])(
    'refuses a %s in which nothing was filled in',
    (name) => {
      const { message } = faultsOf({
        ...(name === 'ENCRYPTION_KEY_FILE' ? WITHOUT_KEY : SECRETS),
        [name]: 'sqlite:///./${DB_NAME}.db-which-is-long-enough',
      });

      expect(message).toMatch(
        new RegExp(`^ {2}${name}: içinde .*\\$\\{…\\}`, 'm'),
      );
      expect(message).not.toContain('DB_NAME');
    },
  );

  it('says how to make a secret that is missing', () => {
    const { message } = faultsOf({});

    expect(message).toContain('node dist/cli.js keys generate');
    expect(message).toContain('randomBytes(32)');
  });

  it.each([TEST_ENCRYPTION_KEY, TEST_ENCRYPTION_KEY.slice(0, 40)])(
    'refuses a SECRET_KEY that is the encryption key',
    (SECRET_KEY) => {
      expect(faultyVariables({ ...SECRETS, SECRET_KEY })).toEqual([
        'SECRET_KEY',
      ]);
    },
  );

  it('reads the encryption key from a file, without one trailing line end', () => {
    const expected = loadConfig(SECRETS).encryptionKeys;

    for (const text of [
      TEST_ENCRYPTION_KEY,
      `${TEST_ENCRYPTION_KEY}\n`,
      `${TEST_ENCRYPTION_KEY}\r\n`,
    ]) {
      const ENCRYPTION_KEY_FILE = fileWith(text);

      expect(
        loadConfig({ ...WITHOUT_KEY, ENCRYPTION_KEY_FILE }).encryptionKeys,
      ).toEqual(expected);
    }
  });

  it.each([
    ['is missing', () => join(folder, 'missing')],
    ['is a folder', () => makeFolder()],
    ['is empty', () => fileWith('')],
    ['holds an empty line', () => fileWith('\n')],
    ['is too large', () => fileWith('x'.repeat(70_000))],
    ['is not UTF-8', () => fileWith(Buffer.from([0xff, 0xfe]))],
    ['is below a file', () => join(fileWith('x'), 'below')],
    ['has a name that is too long', () => join(folder, 'x'.repeat(300))],
  ])('refuses a key file that %s', (_reason, make) => {
    const ENCRYPTION_KEY_FILE = make();
    const error = faultsOf({ ...WITHOUT_KEY, ENCRYPTION_KEY_FILE });

    expect(error.faults.map(({ variable }) => variable)).toEqual([
      'ENCRYPTION_KEY_FILE',
    ]);
    expect(error.message).not.toContain(folder);
  });

  it('refuses a key file together with a key', () => {
    const ENCRYPTION_KEY_FILE = fileWith(TEST_ENCRYPTION_KEY);

    expect(faultyVariables({ ...SECRETS, ENCRYPTION_KEY_FILE })).toEqual([
      'ENCRYPTION_KEY_FILE',
    ]);
  });

  it('judges the key in a file as strictly', () => {
    const ENCRYPTION_KEY_FILE = fileWith('not-a-key');

    expect(faultyVariables({ ...WITHOUT_KEY, ENCRYPTION_KEY_FILE })).toEqual([
      'ENCRYPTION_KEY',
    ]);
  });
});

function makeFolder(): string {
  const path = join(folder, `folder-${Math.random()}`);
  mkdirSync(path);
  return path;
}
