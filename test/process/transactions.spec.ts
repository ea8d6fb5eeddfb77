import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, type EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnavailableError } from '../../src/common/errors/common.errors.js';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { SCHEMA } from '../../src/schema/schema.js';
import { hardenSqlite } from '../../src/database/sqlite/sqlite.js';
import { DatabaseFiles } from '../../src/database/sqlite/database-files.js';
import { Storage } from '../../src/database/sqlite/storage.js';
import { WriterLane } from '../../src/database/sqlite/writer-lane.js';
import { Tenant } from '../../src/tenants/tenant.entity.js';
import { type Answer, TenantsApi } from '../helpers/api.js';
import { configFor, migrateHere, tokenIn } from '../helpers/database-setup.js';
import { TestDatabase } from '../helpers/test-database.js';
import { Service } from '../helpers/service.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

const INTERLEAVES = 200;

async function insert(manager: EntityManager, username: string): Promise<void> {
  await manager.insert(Tenant, {
    username,
    passwordHash: 'x',
    businessName: username,
    openaiApiKey: '',
    systemPrompt: '',
    createdAt: new Date(),
  });
}

describe(WriterLane.name, () => {
  const folder = makeWorkspace();
  const config = configFor(join(folder, 'test.db'));
  let writer: DataSource;
  let reader: DataSource;
  let runner: WriterLane;

  beforeAll(async () => {
    await migrateHere(config.database.path);
    writer = await open('writer');
    reader = await open('reader');
    runner = new WriterLane(
      writer,
      new Storage(writer, new DatabaseFiles(writer)),
    );
  });

  afterAll(async () => {
    await writer.destroy();
    await reader.destroy();
    removeWorkspace(folder);
  });

  async function open(role: 'writer' | 'reader'): Promise<DataSource> {
    const source = new DataSource(dataSourceOptions(config, role, SCHEMA));
    return hardenSqlite(await source.initialize());
  }

  function exists(username: string, source = reader): Promise<boolean> {
    return source.getRepository(Tenant).existsBy({ username });
  }

  it(`loses no acknowledged write to another's rollback, ${INTERLEAVES} times`, async () => {
    let lost = 0;
    let leftBehind = 0;
    for (let round = 0; round < INTERLEAVES; round += 1) {
      const a = runner.run(async (manager) => {
        await insert(manager, `a-${round}`);
        await sleep(1);
        throw new Error('rolls back');
      });
      const b = runner.run((manager) => insert(manager, `b-${round}`));
      await expect(a).rejects.toThrow('rolls back');
      await b;
      if (!(await exists(`b-${round}`))) lost += 1;
      if (await exists(`a-${round}`)) leftBehind += 1;
    }

    expect({ lost, leftBehind }).toEqual({ lost: 0, leftBehind: 0 });
  });

  it('runs one transaction at a time, in the order of arrival', async () => {
    const events: number[] = [];
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        runner.run(async (manager) => {
          events.push(index);
          await insert(manager, `order-${index}`);
          await sleep(index % 3);
          events.push(index);
        }),
      ),
    );

    expect(events).toEqual(
      Array.from({ length: 50 }, (_, index) => [index, index]).flat(),
    );
  });

  it('gives what the work gives, and shows nothing before the commit', async () => {
    const seen = await runner.run(async (manager) => {
      await insert(manager, 'uncommitted');
      return {
        inside: await manager.existsBy(Tenant, { username: 'uncommitted' }),
        outside: await exists('uncommitted'),
      };
    });

    expect(seen).toEqual({ inside: true, outside: false });
    expect(await exists('uncommitted')).toBe(true);
  });

  it('rolls back when SQLite refuses a statement', async () => {
    await runner.run((manager) => insert(manager, 'taken'));
    const failing = runner.run(async (manager) => {
      await insert(manager, 'half-done');
      await insert(manager, 'taken');
    });

    await expect(failing).rejects.toThrow('UNIQUE');
    expect(await exists('half-done')).toBe(false);
    await runner.run((manager) => insert(manager, 'afterwards'));
    expect(await exists('afterwards')).toBe(true);
  });

  it('tells whoever finds too many waiting to come back', async () => {
    const held = sleep(50);
    const first = runner.run(() => held);
    const waiting = Promise.allSettled(
      Array.from({ length: 1_100 }, () =>
        runner.run(() => Promise.resolve('done')),
      ),
    );
    await first;
    const results = await waiting;
    const refused = results.filter(({ status }) => status === 'rejected');

    expect(refused).toHaveLength(101);
    expect(refused[0]).toMatchObject({
      reason: expect.any(UnavailableError),
    });
    expect(await runner.run(() => Promise.resolve('well'))).toBe('well');
  });
});

describe('while another process holds the write lock', () => {
  const folder = makeWorkspace();
  const file = join(folder, 'randevu_asistani.db');
  let service: Service;
  let api: TenantsApi;
  let other: TestDatabase;
  let id: number;

  beforeAll(async () => {
    service = await Service.start(folder, { NODE_ENV: 'production' });
    api = new TenantsApi(service.url, await tokenIn(file));
    id = (await api.create()).body.id;
    other = new TestDatabase(file);
  });

  afterAll(async () => {
    await other.close();
    await service.stop('SIGKILL');
    removeWorkspace(folder);
  });

  it('a write waits for it', async () => {
    await other.exec('BEGIN IMMEDIATE');
    let answered = false;
    const write = api.patch(id, { business_name: 'Bekledi' }).then((answer) => {
      answered = true;
      return answer;
    });
    await sleep(1_000);
    const early = answered;
    await other.exec('COMMIT');

    expect(early).toBe(false);
    expect((await write).body.business_name).toBe('Bekledi');
  });

  it('writes are 503 in time, reads go on, and all is well afterwards', async () => {
    await other.exec('BEGIN IMMEDIATE');
    const start = performance.now();
    const writes = Array.from({ length: 10 }, (_, index) =>
      api.patch(id, { business_name: `Ad ${index}` }),
    );
    const read = await api.get(id);
    const live = await fetch(`${service.url}/health`);
    const readIn = performance.now() - start;
    const answers: Answer<{ code?: string }>[] = await Promise.all(writes);
    const seconds = (performance.now() - start) / 1000;
    await other.exec('ROLLBACK');
    const healed = await api.patch(id, { business_name: 'İyileşti' });

    expect([read.status, live.status]).toEqual([200, 200]);
    expect(readIn).toBeLessThan(4_000);
    for (const { status, headers, body } of answers) {
      expect([status, body.code]).toEqual([503, 'UNAVAILABLE']);
      expect(headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
    }
    expect(seconds).toBeLessThan(20);
    expect([healed.status, healed.body.business_name]).toEqual([
      200,
      'İyileşti',
    ]);
  });
});
