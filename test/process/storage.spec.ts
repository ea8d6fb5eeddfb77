import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import {
  afterAll,
  beforeAll,
  describe,
  expect,
  it,
  onTestFinished,
  vi,
} from 'vitest';
import { UnavailableError } from '../../src/common/errors/common.errors.js';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { SCHEMA } from '../../src/schema/schema.js';
import { DatabaseFiles } from '../../src/database/sqlite/database-files.js';
import { hardenSqlite } from '../../src/database/sqlite/sqlite.js';
import { Storage } from '../../src/database/sqlite/storage.js';
import { WriterLane } from '../../src/database/sqlite/writer-lane.js';
import { TenantsApi } from '../helpers/api.js';
import { configFor, migrateHere, tokenIn } from '../helpers/database-setup.js';
import { MAY_MOUNT, Service } from '../helpers/service.js';
import { TestApp } from '../helpers/test-app.js';
import { sql } from '../helpers/test-database.js';
import {
  makeWorkspace,
  removeWorkspace,
  workspaceForTest,
} from '../helpers/workspace.js';

type Served = Pick<Service, 'url'>;

interface Readiness {
  error: Record<string, unknown>;
}

const ENV = { NODE_ENV: 'production' };

/** Of `/health/ready`: its status, and the parts that are down. */
async function readiness({ url }: Served): Promise<[number, ...string[]]> {
  const answer = await fetch(`${url}/health/ready`);
  const { error } = (await answer.json()) as Readiness;
  return [answer.status, ...Object.keys(error)];
}

async function untilReady(service: Served): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await readiness(service))[0] === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the service did not become ready');
}

/** The log of the database, which was removed. */
async function untilSaved(service: Service): Promise<void> {
  await vi.waitFor(
    () => expect(service.output.stdout).toContain('stands in its place'),
    { timeout: 10_000 },
  );
}

async function expectRefusal(service: Served, api: TenantsApi): Promise<void> {
  const { status, headers, body } = await api.create();
  expect([status, body.code]).toEqual([503, 'UNAVAILABLE']);
  expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(await readiness(service)).toEqual([503, 'database']);
  for (const path of ['/health', '/health/live'])
    expect((await fetch(service.url + path)).status).toBe(200);
}

describe('a database file that is not the one in use any more', () => {
  const folder = makeWorkspace();
  const file = join(folder, 'randevu_asistani.db');
  const away = join(folder, 'away');
  const acknowledged: string[] = [];
  let service: Service;
  let api: TenantsApi;

  beforeAll(async () => {
    await migrateHere(file);
    service = await Service.start(folder, ENV);
    api = new TenantsApi(service.url, await tokenIn(file));
    for (let index = 0; index < 3; index += 1)
      acknowledged.push((await api.create()).body.username);
  });

  afterAll(async () => {
    await service.stop('SIGKILL');
    removeWorkspace(folder);
  });

  async function stored(): Promise<string[]> {
    const rows = await sql<{ username: string }>(
      file,
      'SELECT username FROM tenants ORDER BY id',
    );
    return rows.map(({ username }) => username);
  }

  it('takes no writes while it is moved away or replaced, says so, and goes on when it is back', async () => {
    expect(await readiness(service)).toEqual([200]);
    renameSync(file, away);
    await expectRefusal(service, api);
    writeFileSync(file, '');
    await expectRefusal(service, api);
    renameSync(away, file);
    await untilReady(service);
    acknowledged.push((await api.create()).body.username);

    expect(await stored()).toEqual(acknowledged);
    expect(service.output.stdout).toMatch(/"file":"database","fault":"gone"/);
    expect(service.output.stdout).toMatch(
      /"fault":"replaced","advice":"[^"]*started again/,
    );
    expect(service.output.stdout).not.toContain(folder);
  });

  it('loses nothing that was acknowledged when its log is removed, and takes no more', async () => {
    rmSync(`${file}-wal`);
    await expectRefusal(service, api);
    await untilSaved(service);
    await service.stop('SIGKILL');

    expect((await stored()).slice(0, 4)).toEqual(acknowledged);
  });
});

describe('a log that is removed while another process reads', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'loses nothing that was acknowledged, and leaves a whole database after %s',
    async (signal) => {
      const folder = workspaceForTest();
      const file = join(folder, 'randevu_asistani.db');
      await migrateHere(file);
      const service = await Service.start(folder, ENV);
      onTestFinished(async () => void (await service.stop('SIGKILL')));
      const api = new TenantsApi(service.url, await tokenIn(file));
      const acknowledged = [(await api.create()).body.username];
      const reader = await new DataSource(
        dataSourceOptions(configFor(file), 'reader', SCHEMA),
      ).initialize();
      onTestFinished(() => reader.destroy().catch(() => undefined));
      await reader.query('BEGIN');
      await reader.query('SELECT COUNT(*) FROM tenants');
      for (let index = 0; index < 3; index += 1)
        acknowledged.push((await api.create()).body.username);

      rmSync(`${file}-wal`);
      await expectRefusal(service, api);
      await untilSaved(service);
      expect(service.output.stdout).toContain('not yet saved');
      await service.stop(signal);
      await reader.query('ROLLBACK');
      await reader.destroy();

      const names = await sql<{ username: string }>(
        file,
        'SELECT username FROM tenants ORDER BY id',
      );
      expect(names.map(({ username }) => username).slice(0, 4)).toEqual(
        acknowledged,
      );
      expect(await sql(file, 'PRAGMA integrity_check')).toEqual([
        { integrity_check: 'ok' },
      ]);
    },
  );
});

describe('the writer lane', () => {
  it('takes no writes without the index of the log, which others would make anew', async () => {
    const app = await TestApp.start();
    onTestFinished(() => app.stop());
    const api = new TenantsApi(app.url, await app.token());
    rmSync(`${app.databaseFile}-shm`);
    await expectRefusal(app, api);
  });

  it('is down while the database is read-only', async () => {
    const app = await TestApp.start();
    onTestFinished(() => app.stop());
    const api = new TenantsApi(app.url, await app.token());
    const writer = app.nest.get(DataSource);
    await writer.query('PRAGMA query_only = ON');
    await expectRefusal(app, api);
    await writer.query('PRAGMA query_only = OFF');
    expect(await readiness(app)).toEqual([200]);
    expect((await api.create()).status).toBe(201);
  });

  it('does not acknowledge what was written while the file was moved', async () => {
    const folder = workspaceForTest();
    const file = join(folder, 'test.db');
    await migrateHere(file);
    const writer = await hardenSqlite(
      await new DataSource(
        dataSourceOptions(configFor(file), 'writer', SCHEMA),
      ).initialize(),
    );
    onTestFinished(() => writer.destroy());
    const storage = new Storage(writer, new DatabaseFiles(writer));
    const runner = new WriterLane(writer, storage);
    const write = runner.run(async (manager) => {
      await manager.query('DELETE FROM admins');
      renameSync(file, `${file}.away`);
    });

    await expect(write).rejects.toBeInstanceOf(UnavailableError);
    renameSync(`${file}.away`, file);
    expect(await runner.run(() => Promise.resolve('well'))).toBe('well');
  });
});

/** The service with its database on a small disk that only it sees. */
async function startOn(mounts: string) {
  const folder = workspaceForTest();
  const seed = join(folder, 'seed.db');
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  await migrateHere(seed);
  const token = await tokenIn(seed);
  const service = await Service.start(
    folder,
    { ...ENV, DATABASE_URL: `sqlite:///${disk}/test.db` },
    {
      mounts: `mount -t tmpfs -o size=8m tmpfs '${disk}'\ncp '${seed}' '${disk}/test.db'\n${mounts}`,
    },
  );
  onTestFinished(async () => void (await service.stop('SIGKILL')));
  const api = new TenantsApi(service.url, token);
  return { service, api, seen: `/proc/${service.process.pid}/root${disk}` };
}

// Only root may mount, as in CI.
describe.runIf(MAY_MOUNT)('a disk', () => {
  it('that is writable only where the data is takes writes', async () => {
    const { service, api } = await startOn(
      `for mounted in /tmp /var/tmp /dev/shm; do
         if mountpoint -q $mounted; then mount -o remount,bind,ro $mounted; fi
       done
       mount -o remount,bind,ro /`,
    );
    for (let index = 0; index < 3; index += 1)
      expect((await api.create()).status).toBe(201);
    expect(await readiness(service)).toEqual([200]);
  });

  it('that is full turns writes and readiness down until it has room', async () => {
    const { service, api, seen } = await startOn('');
    await api.create();
    const filler = join(seen, 'filler');
    fillUp(filler);
    expect(await readiness(service)).toEqual([503, 'database']);
    // The log may have some room of its own left.
    let status = 201;
    for (let tries = 0; status === 201 && tries < 50; tries += 1)
      status = (await api.create({ system_prompt: LONG_PROMPT })).status;
    expect(status).toBe(503);
    await expectRefusal(service, api);
    rmSync(filler);
    await untilReady(service);
    expect((await api.create()).status).toBe(201);
  });
});

const LONG_PROMPT = 'uzun '.repeat(6_000);

function fillUp(file: string): void {
  for (let size = 8 * 1024 * 1024; size >= 4_096; size /= 2)
    try {
      writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
}
