import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrateHere } from '../helpers/database-setup.js';
import { copyLegacyDatabase, legacy } from '../helpers/legacy.js';
import { projectPath } from '../helpers/paths.js';
import {
  childEnv,
  MAY_MOUNT,
  Service,
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import { sql } from '../helpers/test-database.js';
import { workspaceForTest } from '../helpers/workspace.js';

const ENV = {
  NODE_ENV: 'production',
  ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
  SECRET_KEY: TEST_SECRET_KEY,
};
const FULL = 'Çıktı yazılamadı: diskte yer yok.';
const CREATE_TOKEN = [
  'token',
  'create',
  '--name',
  'n',
  '--scopes',
  'tenants:read',
];

interface Ending {
  code: number | null;
  stderr: string;
}

/** Runs a script whose standard output is a disk without room, or a pipe whose reader has gone. */
async function runInto(
  target: 'full disk' | 'broken pipe',
  script: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = ENV,
): Promise<Ending> {
  const full = target === 'full disk' ? ' > /dev/full' : '';
  const child = spawn(
    'sh',
    [
      '-c',
      `exec "$0" "$@"${full}`,
      process.execPath,
      projectPath(script),
      ...args,
    ],
    { cwd, env: childEnv(env), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  child.stdout.destroy();
  const [stderr, [code]] = await Promise.all([
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stderr };
}

function cli(target: 'full disk' | 'broken pipe', args: string[], cwd: string) {
  return runInto(target, 'dist/cli.js', args, cwd);
}

async function emptyDatabase(): Promise<{ folder: string; file: string }> {
  const folder = workspaceForTest();
  const file = join(folder, 'randevu_asistani.db');
  await migrateHere(file);
  return { folder, file };
}

describe('standard output that takes nothing', () => {
  it('leaves no valid token behind', async () => {
    const { folder, file } = await emptyDatabase();
    const valid = 'SELECT id FROM api_tokens WHERE revoked_at IS NULL';

    expect(await cli('full disk', CREATE_TOKEN, folder)).toEqual({
      code: 1,
      stderr: `${FULL} Yeni API anahtarı iptal edildi.\n`,
    });
    expect(await cli('broken pipe', CREATE_TOKEN, folder)).toEqual({
      code: 1,
      stderr: '',
    });
    expect(await sql(file, 'SELECT id FROM api_tokens')).toHaveLength(2);
    expect(await sql(file, valid)).toEqual([]);
  });

  it.each([[['keys', 'generate']], [['--help']], [['tenants', 'export']]])(
    '%j says so of a full disk, and ends quietly at a broken pipe',
    async (args) => {
      const { folder } = await emptyDatabase();

      expect(await cli('full disk', args, folder)).toEqual({
        code: 1,
        stderr: `${FULL}\n`,
      });
      expect(await cli('broken pipe', args, folder)).toEqual({
        code: 0,
        stderr: '',
      });
    },
  );

  it('does not break a migration off', async () => {
    const folder = workspaceForTest();
    const file = copyLegacyDatabase(folder);
    const ending = await runInto(
      'broken pipe',
      'dist/cli.js',
      ['db', 'migrate'],
      folder,
      { ...ENV, ENCRYPTION_KEY: legacy.encryption_key },
    );

    expect(ending).toEqual({ code: 0, stderr: '' });
    expect(
      await sql(file, 'SELECT id FROM tenants WHERE openai_api_key_kid <> ""'),
    ).not.toEqual([]);
  });

  it('leaves no admin behind whose password nobody has seen', async () => {
    const folder = workspaceForTest();
    const file = join(folder, 'randevu_asistani.db');
    const env = { ...ENV, NODE_ENV: 'development' };
    const main = 'dist/main.js';

    expect(await runInto('full disk', main, [], folder, env)).toEqual({
      code: 1,
      stderr: `${FULL}\n`,
    });
    expect(await runInto('broken pipe', main, [], folder, env)).toEqual({
      code: 1,
      stderr: '',
    });
    expect(await sql(file, 'SELECT * FROM admins')).toEqual([]);
  });

  it('does not end a service', async () => {
    const service = await Service.start(workspaceForTest(), {
      NODE_ENV: 'production',
    });
    onTestFinished(async () => void (await service.stop('SIGKILL')));
    service.process.stdout?.destroy();
    service.process.stderr?.destroy();
    for (let requests = 0; requests < 20; requests += 1)
      expect((await fetch(`${service.url}/api/tenants`)).status).toBe(401);
    expect(await service.stop()).toBe(0);
  });

  it.runIf(MAY_MOUNT)('does not end a service whose log is full', async () => {
    const service = await Service.start(
      workspaceForTest(),
      { NODE_ENV: 'production' },
      { mounts: 'exec > /dev/full' },
    );
    onTestFinished(async () => void (await service.stop('SIGKILL')));
    for (let requests = 0; requests < 20; requests += 1)
      expect((await fetch(`${service.url}/api/tenants`)).status).toBe(401);
    expect(await service.stop()).toBe(0);
  });
});
