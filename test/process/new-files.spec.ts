import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { seedTenants } from '../factories/tenant-rows.js';
import { configFor, migrateHere } from '../helpers/database-setup.js';
import { backupsIn, copyLegacyDatabase, legacy } from '../helpers/legacy.js';
import { projectPath } from '../helpers/paths.js';
import {
  childEnv,
  inNamespace,
  MAY_MOUNT,
  type Outcome,
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import { sql } from '../helpers/test-database.js';
import { workspaceForTest } from '../helpers/workspace.js';

const SECRETS = {
  ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
  SECRET_KEY: TEST_SECRET_KEY,
};
const ENV = { NODE_ENV: 'production', ...SECRETS };

/** A file system that knows no hard links, as FAT and some network shares. */
const NO_LINKS = `--import=data:text/javascript,${encodeURIComponent(
  `import fs from 'node:fs';
   import { syncBuiltinESMExports } from 'node:module';
   fs.linkSync = () => { throw Object.assign(new Error('ENOSYS'), { code: 'ENOSYS' }); };
   syncBuiltinESMExports();`,
)}`;

async function cli(
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = ENV,
  mounts?: string,
): Promise<Outcome> {
  const [command = '', ...rest] = inNamespace(
    [process.execPath, projectPath('dist/cli.js'), ...args],
    mounts,
  );
  const child = spawn(command, rest, {
    cwd,
    env: childEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

async function filled(): Promise<string> {
  const folder = workspaceForTest();
  await migrateHere(join(folder, 'randevu_asistani.db'));
  await seedTenants(configFor(join(folder, 'randevu_asistani.db')), 2);
  return folder;
}

describe('what a command writes to a file', () => {
  it('replaces no pipe and no link', async () => {
    const site = await filled();
    const pipe = join(site, 'pipe');
    const link = join(site, 'link');
    execFileSync('mkfifo', [pipe]);
    symlinkSync(join(site, 'nowhere'), link);
    const around = readdirSync(site);
    for (const args of [
      ['tenants', 'export', '--output', pipe],
      ['tenants', 'export', '--output', link],
      ['db', 'backup', pipe],
      ['db', 'backup', link],
    ]) {
      const { code, stderr } = await cli(args, site);
      expect([code, stderr.split('\n')[0]]).toEqual([
        1,
        `Zaten var, üzerine yazılmadı: ${args.at(-1)}`,
      ]);
    }
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readdirSync(site)).toEqual(around);
  });

  it('goes to standard output for - and /dev/stdout', async () => {
    const folder = await filled();
    // As root a fault here would replace the machine's own.
    const ownDevices = MAY_MOUNT
      ? `mount -t tmpfs tmpfs /dev
         mknod -m 666 /dev/null c 1 3
         mknod -m 666 /dev/urandom c 1 9
         ln -s /proc/self/fd/1 /dev/stdout`
      : undefined;
    for (const name of ['-', '/dev/stdout']) {
      const args = ['tenants', 'export', '--output', name];
      const { code, stdout, stderr } = await cli(args, folder, ENV, ownDevices);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    }
    const { code, stdout } = await cli(['db', 'backup', '-'], folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^SQLite format 3/);
    expect(readdirSync(folder)).toEqual(['randevu_asistani.db']);
  });

  it('needs no hard links', async () => {
    const folder = workspaceForTest();
    const file = copyLegacyDatabase(folder);
    const env = {
      ENCRYPTION_KEY: legacy.encryption_key,
      NODE_OPTIONS: NO_LINKS,
    };
    for (const args of [
      ['db', 'migrate'],
      ['db', 'backup', 'copy.db'],
      ['tenants', 'export', '--output', 'tenants.ndjson'],
    ]) {
      const { code, stderr } = await cli(args, folder, env);
      expect([args, code, code === 0 ? '' : stderr]).toEqual([args, 0, '']);
    }
    const tenants = await sql(file, 'SELECT id FROM tenants ORDER BY id');
    const [backup = ''] = backupsIn(folder);

    expect(readFileSync(join(folder, '.env'), 'utf8')).toContain('SECRET_KEY=');
    for (const copy of [backup, 'copy.db'])
      expect(
        await sql(join(folder, copy), 'SELECT id FROM tenants ORDER BY id'),
      ).toEqual(tenants);
    expect(
      readFileSync(join(folder, 'tenants.ndjson'), 'utf8')
        .trimEnd()
        .split('\n'),
    ).toHaveLength(tenants.length);
    expect(readdirSync(folder).filter((name) => /tmp/.test(name))).toEqual([]);
  });

  it.each([
    ['.env', {}],
    ['DATABASE_URL', ENV],
  ])(
    'is refused as bad configuration, %s, where the folder cannot be written',
    async (variable, env) => {
      const folder = workspaceForTest();
      if (!MAY_MOUNT) chmodSync(folder, 0o555);
      const mounts = MAY_MOUNT
        ? `mount --bind '${folder}' '${folder}'
           mount -o remount,bind,ro '${folder}'
           cd '${folder}'`
        : undefined;
      const { code, stderr } = await cli(
        ['db', 'migrate'],
        folder,
        env,
        mounts,
      );
      chmodSync(folder, 0o755);

      expect(code).toBe(78);
      expect(stderr).toMatch(new RegExp(`^ {2}${variable}: .*\n {6}\\S`, 'm'));
      expect(stderr).not.toMatch(/Beklenmeyen|^\s+at |EROFS|EACCES/m);
    },
  );

  it.each([
    ['DATABASE_URL', 'randevu_asistani.db', ENV],
    ['.env', '.env', {}],
  ])(
    'is refused as bad configuration, %s, where a link leads nowhere',
    async (variable, name, env) => {
      const folder = workspaceForTest();
      symlinkSync(join(folder, 'nowhere'), join(folder, name));
      const { code, stderr } = await cli(['db', 'migrate'], folder, env);

      expect(code).toBe(78);
      expect(stderr).toMatch(new RegExp(`^ {2}${variable}: .*bağlantı`, 'm'));
      expect(stderr).not.toMatch(/Beklenmeyen|^\s+at /m);
      expect(existsSync(join(folder, 'nowhere'))).toBe(false);
      expect(readdirSync(folder)).toEqual([name]);
    },
  );
});
