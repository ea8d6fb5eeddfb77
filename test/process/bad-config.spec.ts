import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateHere } from '../helpers/database-setup.js';
import { hashOf } from '../helpers/database-files.js';
import { copyLegacyDatabase, legacy } from '../helpers/legacy.js';
import {
  type Outcome,
  run,
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import {
  makeWorkspace,
  removeWorkspace,
  workspaceForTest,
} from '../helpers/workspace.js';

/** Promised are 5 s, taken is about 0.3 s; the rest is for a machine that is busy with other tests. */
const TIME_LIMIT_MS = 20_000;
const GOOD = {
  ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
  SECRET_KEY: TEST_SECRET_KEY,
};
const PRODUCTION = { NODE_ENV: 'production' };
/** Stands in bad values, and never in what is printed. */
const SENTINEL = 'SENTiNEL';
const OTHER_KEY = `${Buffer.alloc(32, 'other').toString('base64url')}=`;

interface BadConfig {
  what: string;
  env: Record<string, string>;
  names: string[];
  /** What to do about it. */
  advises?: RegExp;
}

const cases: BadConfig[] = [
  {
    what: 'a key that is no key',
    env: { ENCRYPTION_KEY: SENTINEL },
    names: ['ENCRYPTION_KEY'],
  },
  {
    what: 'a key of zeros',
    env: { ENCRYPTION_KEY: `${'A'.repeat(43)}=` },
    names: ['ENCRYPTION_KEY'],
  },
  {
    what: 'a key without padding',
    env: { ENCRYPTION_KEY: TEST_ENCRYPTION_KEY.slice(0, -1) },
    names: ['ENCRYPTION_KEY'],
  },
  {
    what: 'a key in hex',
    env: { ENCRYPTION_KEY: 'ab'.repeat(32) },
    names: ['ENCRYPTION_KEY'],
  },
  {
    what: 'one key twice',
    env: { ENCRYPTION_KEY: `${TEST_ENCRYPTION_KEY},${TEST_ENCRYPTION_KEY}` },
    names: ['ENCRYPTION_KEY'],
  },
  {
    what: 'a bad second key',
    env: { ENCRYPTION_KEY: `${TEST_ENCRYPTION_KEY},${SENTINEL}` },
    names: ['ENCRYPTION_KEY'],
  },
  {
    what: 'another key',
    env: { ENCRYPTION_KEY: OTHER_KEY },
    names: ['ENCRYPTION_KEY'],
  },
  {
    what: 'no key in production',
    env: { ...PRODUCTION, ENCRYPTION_KEY: '' },
    names: ['ENCRYPTION_KEY'],
    advises: /geri koyun/,
  },
  {
    what: 'a key file that is not there',
    env: { ENCRYPTION_KEY: '', ENCRYPTION_KEY_FILE: `./${SENTINEL}` },
    names: ['ENCRYPTION_KEY_FILE'],
  },
  {
    what: 'a key and a key file',
    env: { ENCRYPTION_KEY_FILE: `./${SENTINEL}` },
    names: ['ENCRYPTION_KEY_FILE'],
  },
  {
    what: 'a key file below a file',
    env: {
      ENCRYPTION_KEY: '',
      ENCRYPTION_KEY_FILE: `./randevu_asistani.db/${SENTINEL}`,
    },
    names: ['ENCRYPTION_KEY_FILE'],
  },
  {
    what: 'a short secret',
    env: { SECRET_KEY: SENTINEL },
    names: ['SECRET_KEY'],
    advises: /randomBytes/,
  },
  {
    what: 'a secret that is the key',
    env: { SECRET_KEY: TEST_ENCRYPTION_KEY },
    names: ['SECRET_KEY'],
  },
  {
    what: 'no secret in production',
    env: { ...PRODUCTION, SECRET_KEY: '' },
    names: ['SECRET_KEY'],
  },
  {
    what: 'no secrets in production',
    env: { ...PRODUCTION, ENCRYPTION_KEY: '', SECRET_KEY: '' },
    names: ['ENCRYPTION_KEY', 'SECRET_KEY'],
    advises: /geri koyun[^]*randomBytes/,
  },
  {
    what: 'another database system',
    env: { DATABASE_URL: `mysql://${SENTINEL}@localhost/x` },
    names: ['DATABASE_URL'],
  },
  {
    what: 'PostgreSQL',
    env: { DATABASE_URL: `postgresql+psycopg2://u:${SENTINEL}@h/d` },
    names: ['DATABASE_URL'],
  },
  {
    what: 'a bare path',
    env: { DATABASE_URL: `./${SENTINEL}.db` },
    names: ['DATABASE_URL'],
  },
  {
    what: 'a database in memory',
    env: { DATABASE_URL: 'sqlite:///:memory:' },
    names: ['DATABASE_URL'],
  },
  {
    what: 'a database in no folder',
    env: { DATABASE_URL: `sqlite:///./${SENTINEL}/x.db` },
    names: ['DATABASE_URL'],
  },
  {
    what: 'a database below a file',
    env: { DATABASE_URL: `sqlite:///./randevu_asistani.db/${SENTINEL}/x.db` },
    names: ['DATABASE_URL'],
  },
  {
    what: 'a folder for a database',
    env: { DATABASE_URL: 'sqlite:///./a-folder' },
    names: ['DATABASE_URL'],
  },
  {
    what: 'a text for a database',
    env: { DATABASE_URL: 'sqlite:///./a-text' },
    names: ['DATABASE_URL'],
  },
  {
    what: 'a host that is none',
    env: { HOST: `${SENTINEL}_!` },
    names: ['HOST'],
  },
  { what: 'a port that is a word', env: { PORT: SENTINEL }, names: ['PORT'] },
  { what: 'port 0', env: { PORT: '0' }, names: ['PORT'] },
  { what: 'port 65536', env: { PORT: '65536' }, names: ['PORT'] },
  { what: 'a port with an exponent', env: { PORT: '3e3' }, names: ['PORT'] },
  {
    what: 'a public address without a scheme',
    env: { PUBLIC_URL: `${SENTINEL}.example` },
    names: ['PUBLIC_URL'],
  },
  {
    what: 'a public address with a path',
    env: { PUBLIC_URL: `https://a.example/${SENTINEL}` },
    names: ['PUBLIC_URL'],
  },
  {
    what: 'trust in every proxy',
    env: { TRUST_PROXY: 'true' },
    names: ['TRUST_PROXY'],
  },
  {
    what: 'a negative limit',
    env: { API_RATE_LIMIT: '-1' },
    names: ['API_RATE_LIMIT'],
  },
  {
    what: 'a level that is none',
    env: { LOG_LEVEL: SENTINEL },
    names: ['LOG_LEVEL'],
  },
  {
    what: 'a language that is not there',
    env: { DEFAULT_LOCALE: SENTINEL },
    names: ['DEFAULT_LOCALE'],
  },
  {
    what: 'a name with a control character',
    env: { APP_NAME: `${SENTINEL}\u0007` },
    names: ['APP_NAME'],
  },
  {
    what: 'everything at once',
    env: {
      ENCRYPTION_KEY: SENTINEL,
      SECRET_KEY: `${SENTINEL}!`,
      DATABASE_URL: SENTINEL,
      HOST: `${SENTINEL}_`,
      PORT: SENTINEL,
      PUBLIC_URL: SENTINEL,
      TRUST_PROXY: SENTINEL,
      API_RATE_LIMIT: SENTINEL,
      LOG_LEVEL: SENTINEL,
      DEFAULT_LOCALE: SENTINEL,
    },
    names: [
      'ENCRYPTION_KEY',
      'SECRET_KEY',
      'DATABASE_URL',
      'HOST',
      'PORT',
      'PUBLIC_URL',
      'TRUST_PROXY',
      'API_RATE_LIMIT',
      'LOG_LEVEL',
      'DEFAULT_LOCALE',
    ],
  },
];

async function start(
  folder: string,
  env: Record<string, string>,
): Promise<Outcome & { ms: number }> {
  const begun = performance.now();
  const outcome = await run('main.js', [], folder, env);
  return { ...outcome, ms: performance.now() - begun };
}

/** The variables that a report names, each at the beginning of its line. */
function namedIn(stderr: string): string[] {
  return [...stderr.matchAll(/^ {2}([A-Z_.]+): \S/gm)]
    .map(([, name = '']) => name)
    .toSorted();
}

describe('a bad configuration', () => {
  const folder = makeWorkspace();
  const database = join(folder, 'randevu_asistani.db');
  let files: string[];
  let hash: string;

  beforeAll(async () => {
    await migrateHere(database);
    mkdirSync(join(folder, 'a-folder'));
    writeFileSync(join(folder, 'a-text'), 'no database\n'.repeat(100));
    // There is a `.env`, so that this is not a first run, which would make what is missing.
    writeFileSync(join(folder, '.env'), 'DEBUG=1\n');
    files = readdirSync(folder);
    hash = hashOf(database);
  });

  afterAll(() => removeWorkspace(folder));

  it('is tried in at least 25 ways', () => {
    expect(cases.length).toBeGreaterThanOrEqual(25);
  });

  it.each(cases)(
    'ends the process with 78 and leaves the database alone: $what',
    async ({ env, names, advises = /./ }) => {
      const { code, stdout, stderr, ms } = await start(folder, {
        ...GOOD,
        ...env,
      });

      expect(code).toBe(78);
      expect(ms).toBeLessThan(TIME_LIMIT_MS);
      expect(namedIn(stderr)).toEqual(names.toSorted());
      expect(stderr).toMatch(advises);
      expect(stderr + stdout).not.toMatch(new RegExp(SENTINEL, 'i'));
      expect(stderr).not.toContain(TEST_ENCRYPTION_KEY.slice(0, 20));
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(readdirSync(folder)).toEqual(files);
      expect(hashOf(database)).toBe(hash);
    },
  );

  it.each([
    ['ENCRYPTION_KEY', 'node dist/cli.js keys generate'],
    ['SECRET_KEY', 'node -p'],
  ])(
    'prints the command that makes a missing %s in production',
    async (name, command) => {
      const empty = workspaceForTest();
      const { code, stderr } = await start(empty, {
        ...GOOD,
        ...PRODUCTION,
        [name]: '',
      });

      expect(code).toBe(78);
      expect(namedIn(stderr)).toEqual([name]);
      expect(stderr).toContain(command);
      expect(readdirSync(empty)).toEqual([]);
    },
  );

  it.each([
    ['ENCRYPTION_KEY', OTHER_KEY],
    ['PORT', SENTINEL],
  ])(
    'leaves a database of the old application alone: %s',
    async (name, value) => {
      const other = workspaceForTest();
      const file = copyLegacyDatabase(other);
      const before = hashOf(file);
      const { code } = await start(other, {
        ...GOOD,
        ENCRYPTION_KEY: legacy.encryption_key,
        ...PRODUCTION,
        [name]: value,
      });

      expect(code).toBe(78);
      expect(readdirSync(other)).toEqual(['randevu_asistani.db']);
      expect(hashOf(file)).toBe(before);
    },
  );

  it('is reported whole on a first run, too, and nothing is written', async () => {
    const empty = workspaceForTest();
    const { code, stderr } = await start(empty, {
      DATABASE_URL: SENTINEL,
      PORT: SENTINEL,
    });

    expect(code).toBe(78);
    expect(namedIn(stderr)).toEqual(['DATABASE_URL', 'PORT']);
    expect(readdirSync(empty)).toEqual([]);
  });

  it('ends a command of the CLI as well', async () => {
    const { code, stdout, stderr } = await run(
      'cli.js',
      ['token', 'list'],
      folder,
      { ...GOOD, PORT: SENTINEL },
    );

    expect([code, stdout]).toEqual([78, '']);
    expect(namedIn(stderr)).toEqual(['PORT']);
    expect(hashOf(database)).toBe(hash);
  });
});
