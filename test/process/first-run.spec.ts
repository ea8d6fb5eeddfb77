import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CreateAdminDto } from '../../src/auth/admins/create-admin.dto.js';
import { validateDto } from '../../src/common/validation/validate-dto.js';
import { parseEnv } from '../../src/config/env-syntax.js';
import { loadConfig } from '../../src/config/load-config.js';
import { PasswordHasher } from '../../src/security/password-hasher.js';
import { migrateHere } from '../helpers/database-setup.js';
import { hashOf } from '../helpers/database-files.js';
import { withDatabase } from '../helpers/test-database.js';
import { PageClient } from '../helpers/page-client.js';
import { copyLegacyDatabase, legacy } from '../helpers/legacy.js';
import {
  type Outcome,
  run,
  Service,
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import { workspaceForTest } from '../helpers/workspace.js';

/** `Service.start` gives secrets of its own; empty ones count as missing. */
const NO_SECRETS = { ENCRYPTION_KEY: '', SECRET_KEY: '' };
const SECRETS = {
  ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
  SECRET_KEY: TEST_SECRET_KEY,
};
const STRONG = 'kırmızı balık gölde';

interface Admin {
  username: string;
  password_hash: string;
}

function adminsIn(folder: string): Promise<Admin[]> {
  return withDatabase(join(folder, 'randevu_asistani.db'), (database) =>
    database.all<Admin>('SELECT username, password_hash FROM admins'),
  );
}

function passwordIn({ stdout }: { stdout: string }): string[] {
  return [...stdout.matchAll(/^Parola: (.+)$/gm)].map(
    ([, password = '']) => password,
  );
}

async function matches(password: string, hash = ''): Promise<boolean> {
  const hasher = new PasswordHasher(12);
  try {
    return await hasher.verify(password, hash);
  } finally {
    await hasher.onApplicationShutdown();
  }
}

/** Starts, waits until it serves, and gives what was printed. */
async function startOnce(
  folder: string,
  env: Record<string, string>,
): Promise<Service['output']> {
  const service = await Service.start(folder, env);
  await service.stop('SIGKILL');
  return service.output;
}

function fail(folder: string, env: Record<string, string>): Promise<Outcome> {
  return run('main.js', [], folder, env);
}

describe('the first run', () => {
  it('writes .env, makes the admin and prints the password once', async () => {
    const folder = workspaceForTest();
    const file = join(folder, '.env');
    const first = await startOnce(folder, NO_SECRETS);
    const written = readFileSync(file, 'utf8');
    const made = Object.fromEntries(parseEnv(written));
    const [password = '', ...more] = passwordIn(first);
    const [admin, ...others] = await adminsIn(folder);
    const second = await startOnce(folder, NO_SECRETS);

    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(Object.keys(made).toSorted()).toEqual([
      'ENCRYPTION_KEY',
      'SECRET_KEY',
    ]);
    expect(() => loadConfig(made)).not.toThrow();
    expect(more).toEqual([]);
    expect(others).toEqual([]);
    expect(admin?.username).toBe('admin');
    expect(await matches(password, admin?.password_hash)).toBe(true);
    expect(() =>
      validateDto(
        CreateAdminDto,
        { username: 'admin', password },
        { unknown: 'refuse' },
      ),
    ).not.toThrow();
    expect(passwordIn(second)).toEqual([]);
    expect(readFileSync(file, 'utf8')).toBe(written);
    expect(await adminsIn(folder)).toEqual([admin]);
    for (const secret of Object.values(made))
      expect(first.stdout + first.stderr).not.toContain(secret);
  });

  it.each([
    ['ENCRYPTION_KEY', TEST_ENCRYPTION_KEY, 'SECRET_KEY'],
    ['SECRET_KEY', TEST_SECRET_KEY, 'ENCRYPTION_KEY'],
  ])('keeps the %s that it is given', async (given, value, made) => {
    const folder = workspaceForTest();
    await startOnce(folder, { ...NO_SECRETS, [given]: value });
    const written = parseEnv(readFileSync(join(folder, '.env'), 'utf8'));

    expect(written.map(([name]) => name)).toEqual([made]);
  });

  it('makes no key for a database that already needs one', async () => {
    const ours = workspaceForTest();
    const theirs = workspaceForTest();
    const files = [
      join(ours, 'randevu_asistani.db'),
      copyLegacyDatabase(theirs),
    ];
    await migrateHere(files[0] ?? '');
    const before = files.map(hashOf);
    const outcomes = [await fail(ours, {}), await fail(theirs, {})];

    for (const { code, stderr } of outcomes) {
      expect(code).toBe(78);
      expect(stderr).toMatch(/^ {2}ENCRYPTION_KEY: /m);
    }
    expect(files.map(hashOf)).toEqual(before);
    expect([...readdirSync(ours), ...readdirSync(theirs)]).toEqual([
      'randevu_asistani.db',
      'randevu_asistani.db',
    ]);
  });

  it('leaves an existing .env alone and asks for what it lacks', async () => {
    const folder = workspaceForTest();
    const file = join(folder, '.env');
    writeFileSync(file, `encryption_key=${TEST_ENCRYPTION_KEY}\nDEBUG=True\n`);
    const before = readFileSync(file, 'utf8');
    const { code, stderr } = await fail(folder, {});

    expect(code).toBe(78);
    expect(stderr).toMatch(/^ {2}SECRET_KEY: eksik/m);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('makes nothing in production, and having no admin is no error', async () => {
    const folder = workspaceForTest();
    const { stdout } = await startOnce(folder, {
      ...SECRETS,
      NODE_ENV: 'production',
    });

    expect(passwordIn({ stdout })).toEqual([]);
    expect(existsSync(join(folder, '.env'))).toBe(false);
    expect(await adminsIn(folder)).toEqual([]);
  });

  it.each([1, 2, 3])(
    'is survived by two processes at once: one .env, one admin, one key, round %i',
    async () => {
      const folder = workspaceForTest();
      const services = await Promise.all([
        Service.start(folder, NO_SECRETS),
        Service.start(folder, NO_SECRETS),
      ]);
      const ready = await Promise.all(
        services.map(({ url }) => fetch(`${url}/health/ready`)),
      );
      await Promise.all(services.map((service) => service.stop('SIGKILL')));
      const passwords = services.flatMap(({ output }) => passwordIn(output));
      const [admin] = await adminsIn(folder);
      const checks = await withDatabase(
        join(folder, 'randevu_asistani.db'),
        (database) => database.all('SELECT kid FROM encryption_key_checks'),
      );

      expect(ready.map(({ status }) => status)).toEqual([200, 200]);
      expect(passwords).toHaveLength(1);
      expect(await matches(passwords[0] ?? '', admin?.password_hash)).toBe(
        true,
      );
      expect(checks).toHaveLength(1);
      expect(readdirSync(folder).filter((name) => /tmp/.test(name))).toEqual(
        [],
      );
    },
  );
});

function settingsOfFirstAdmin(folder: string): Record<string, string> {
  const file = join(folder, 'password');
  writeFileSync(file, STRONG);
  return {
    ...SECRETS,
    NODE_ENV: 'production',
    ADMIN_USERNAME: 'Ahmet_dis',
    ADMIN_PASSWORD_FILE: file,
  };
}

describe('ADMIN_USERNAME', () => {
  it('may be that of a tenant whom an old database brings: both sign in', async () => {
    const folder = workspaceForTest();
    copyLegacyDatabase(folder);
    const { username, password } = legacy.tenants[0] ?? {};
    const service = await Service.start(folder, {
      ...settingsOfFirstAdmin(folder),
      ENCRYPTION_KEY: legacy.encryption_key,
    });
    try {
      const landings = [];
      for (const typed of [STRONG, password ?? '']) {
        const page = new PageClient(service.url);
        landings.push((await page.signIn('ahmet_dis', typed)).location);
      }
      expect(username).toBe('ahmet_dis');
      expect(landings).toEqual(['/', '/panel']);
    } finally {
      await service.stop();
    }
  });

  it('is refused when it is a tenant’s of ours, and nothing is changed', async () => {
    const folder = workspaceForTest();
    const file = join(folder, 'randevu_asistani.db');
    await migrateHere(file);
    await withDatabase(file, (database) =>
      database.insertLegacyTenant({ username: 'AHMET_dis' }),
    );
    const before = hashOf(file);
    const { code, stderr } = await fail(folder, settingsOfFirstAdmin(folder));

    expect(code).toBe(78);
    expect(stderr).toMatch(/^ {2}ADMIN_USERNAME: bu adda bir müşteri var/m);
    expect(stderr).not.toMatch(/ahmet/i);
    expect(hashOf(file)).toBe(before);
    expect(await adminsIn(folder)).toEqual([]);
  });
});

describe('ADMIN_PASSWORD_FILE', () => {
  it.each(['production', 'development'])(
    'makes the first admin in %s, and is ignored while there is one',
    async (NODE_ENV) => {
      const folder = workspaceForTest();
      const file = join(folder, 'password');
      writeFileSync(file, `${STRONG}\n`);
      const env = {
        ...SECRETS,
        NODE_ENV,
        ADMIN_USERNAME: 'Mudur',
        ADMIN_PASSWORD_FILE: file,
      };
      const { stdout, stderr } = await startOnce(folder, env);
      const admins = await adminsIn(folder);
      writeFileSync(file, 'short');
      await startOnce(folder, { ...env, ADMIN_USERNAME: 'other' });

      expect(admins.map(({ username }) => username)).toEqual(['mudur']);
      expect(await matches(STRONG, admins[0]?.password_hash)).toBe(true);
      expect(stdout + stderr).not.toContain(STRONG);
      expect(passwordIn({ stdout })).toEqual([]);
      expect(await adminsIn(folder)).toEqual(admins);
    },
  );

  it.each([
    ['is too short', 'kisa-parola'],
    ['is well known', 'password123456'],
    ['is too long', 'ş'.repeat(37)],
    ['is empty', '\n'],
  ])('is refused when what it holds %s', async (_, password) => {
    const folder = workspaceForTest();
    const file = join(folder, 'password');
    writeFileSync(file, password);
    const { code, stderr } = await fail(folder, {
      ...SECRETS,
      NODE_ENV: 'production',
      ADMIN_PASSWORD_FILE: file,
    });

    expect(code).toBe(78);
    expect(stderr).toMatch(/^ {2}ADMIN_PASSWORD_FILE: /m);
    expect(stderr).not.toContain(password.trim() || file);
    expect(readdirSync(folder)).toEqual(['password']);
  });

  it('is refused when it is not there', async () => {
    const folder = workspaceForTest();
    const { code, stderr } = await fail(folder, {
      ...SECRETS,
      ADMIN_PASSWORD_FILE: join(folder, 'missing'),
    });

    expect(code).toBe(78);
    expect(stderr).toMatch(/^ {2}ADMIN_PASSWORD_FILE: /m);
    expect(stderr).not.toContain(folder);
    expect(readdirSync(folder)).toEqual([]);
  });
});
