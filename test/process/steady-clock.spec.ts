import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { SCHEMA } from '../../src/schema/schema.js';
import { AddSteadyClock1763800000020 } from '../../src/schema/migrations/1763800000020-add-steady-clock.js';
import { formatUtc } from '../../src/database/utc-date.transformer.js';
import { Maintenance } from '../../src/maintenance/maintenance.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import { configFor, migrateHere, tokenIn } from '../helpers/database-setup.js';
import { projectPath } from '../helpers/paths.js';
import { Service } from '../helpers/service.js';
import { TestApp } from '../helpers/test-app.js';
import { sql, withDatabase } from '../helpers/test-database.js';
import {
  makeWorkspace,
  removeWorkspace,
  workspaceForTest,
} from '../helpers/workspace.js';

const DAY_MS = 86_400_000;
const ROUND_TIMEOUT_MS = 60_000;
const DATE_LENGTH = 'YYYY-MM-DD'.length;
const ANCIENT_ID = 9_999;
const ANCIENT = '2020-01-01 00:00:00.000000';

function discard(file: string, id: number, deletedAt: string): Promise<void> {
  return withDatabase(file, async (database) => {
    await database.run(
      `INSERT INTO deleted_tenants (id, username, password_hash, business_name, openai_api_key, system_prompt, deleted_at)
       VALUES (?, 'old', 'x', 'x', '', 'x', ?)`,
      id,
      deletedAt,
    );
  });
}

async function binOf(file: string): Promise<number[]> {
  const rows = await sql<{ id: number }>(
    file,
    'SELECT id FROM deleted_tenants ORDER BY id',
  );
  return rows.map(({ id }) => id);
}

/** As it is after so many hours of running with a clock that jumped 31 days. */
async function startAfter(hours: number): Promise<TestApp> {
  const file = join(workspaceForTest(), 'test.db');
  await migrateHere(file);
  const gap = 31 * DAY_MS;
  const trusted = Date.now() - gap;
  await discard(file, 1, formatUtc(new Date(trusted - DAY_MS)));
  await sql(
    file,
    'UPDATE steady_clock SET trusted_at = ?, gap_ms = ?, noticed_at = ?',
    [
      formatUtc(new Date(trusted)),
      gap,
      formatUtc(new Date(trusted - hours * 3_600_000)),
    ],
  );
  return TestApp.start({ database: file });
}

/** Takes our migration back, and applies it again as an older version's database would meet it. */
async function migrateAgain(file: string, before: string): Promise<void> {
  const source = await new DataSource(
    dataSourceOptions(configFor(file), 'writer', SCHEMA),
  ).initialize();
  const runner = source.createQueryRunner();
  await new AddSteadyClock1763800000020().down(runner);
  for (const statement of before.split(';')) await source.query(statement);
  await new AddSteadyClock1763800000020().up(runner);
  await source.destroy();
}

function insertAnswer(key: string, answer: object): string {
  return `INSERT INTO idempotency_keys (key_mac, request_mac, answer) VALUES ('${key}', 'x', '${JSON.stringify(answer)}')`;
}

describe('a clock that is a month ahead at one start', () => {
  const folder = makeWorkspace();
  const file = join(folder, 'randevu_asistani.db');
  const tenant = tenantFactory.build();
  let token: string;
  let ids: { kept: number; deleted: number };
  let service: Service;

  const call = (
    method: string,
    path: string,
    body?: object,
  ): Promise<Response> =>
    fetch(`${service.url}/api/tenants/${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': `key-${tenant.username}`,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  /** With a tenant that has been in the bin for years: it goes with the first round. */
  const start = async (env: Record<string, string> = {}): Promise<Service> => {
    await discard(file, ANCIENT_ID, ANCIENT);
    return Service.start(folder, { NODE_ENV: 'production', ...env });
  };
  const startAhead = (days: number): Promise<Service> =>
    start({
      NODE_OPTIONS: `--import=${pathToFileURL(projectPath('test/helpers/shifted-clock.mjs')).href}`,
      CLOCK_SHIFT_MS: String(days * DAY_MS),
    });

  async function untilPurged(): Promise<void> {
    const deadline = Date.now() + ROUND_TIMEOUT_MS;
    while ((await binOf(file)).includes(ANCIENT_ID)) {
      if (Date.now() > deadline) throw new Error('no round of maintenance');
      await sleep(50);
    }
  }

  beforeAll(async () => {
    await migrateHere(file);
    token = await tokenIn(file);
    service = await start();
    await untilPurged();
    const created = await call('POST', '', tenant);
    const other = await fetch(`${service.url}/api/tenants/`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(tenantFactory.build()),
    });
    const [kept, deleted] = (await Promise.all([
      created.json(),
      other.json(),
    ])) as { id: number }[];
    ids = { kept: kept?.id ?? 0, deleted: deleted?.id ?? 0 };
    await call('DELETE', String(ids.deleted));
    await service.stop();
  });
  afterAll(async () => {
    await service.stop('SIGKILL');
    removeWorkspace(folder);
  });

  it('empties no bin, forgets no key, and is told in the log', async () => {
    service = await startAhead(31);
    await untilPurged();
    expect(await binOf(file)).toEqual([ids.deleted]);
    const bin = (await (await call('GET', 'bin')).json()) as { id: number }[];
    expect(bin.map(({ id }) => id)).toEqual([ids.deleted]);

    const retried = await call('POST', '', tenant);
    expect(retried.status).toBe(201);
    expect(retried.headers.get('idempotency-replayed')).toBe('true');
    expect(await retried.json()).toMatchObject({ id: ids.kept });

    await service.stop();
    const told = service.output.stdout.match(/The clock is 74\d\.\d hours/g);
    expect(told).toHaveLength(1);
    const [clock] = await sql<{ gap_ms: number }>(
      file,
      'SELECT gap_ms FROM steady_clock',
    );
    expect(clock?.gap_ms).toBeGreaterThan(30 * DAY_MS);
  });

  it('is forgotten when the next start is at the right time', async () => {
    service = await start();
    await untilPurged();
    expect(await binOf(file)).toEqual([ids.deleted]);
    expect(
      await sql(file, 'SELECT gap_ms, noticed_at FROM steady_clock'),
    ).toEqual([{ gap_ms: 0, noticed_at: null }]);
    const restored = await call('POST', `bin/${ids.deleted}/restore`);
    // The key was used for another request: this one is carried out under its own.
    expect(restored.status).toBe(422);
    const again = await fetch(
      `${service.url}/api/tenants/bin/${ids.deleted}/restore`,
      { method: 'POST', headers: { Authorization: `Bearer ${token}` } },
    );
    expect(again.status).toBe(200);
    await service.stop();
    expect(service.output.stdout).not.toContain('The clock');
  });
});

describe('a clock that has been ahead for', () => {
  it.each([
    [23, [1]],
    [24, []],
  ])('%i hours leaves %j of the bin', async (hours, left) => {
    const app = await startAfter(hours);
    await app.nest.get(Maintenance).runAll();
    const bin = await binOf(app.databaseFile);
    await app.stop();
    expect(bin).toEqual(left);
  });
});

describe('the first start of this version', () => {
  it.each([
    ['the newest record', '2026-03-04', '2026-03-04'],
    ['the clock, where there is none', undefined, undefined],
    [
      'the clock, where the newest record is of the future',
      '9999-01-01',
      undefined,
    ],
  ])('begins at %s', async (_, newest, expected) => {
    const file = join(workspaceForTest(), 'test.db');
    await migrateHere(file);
    await migrateAgain(
      file,
      newest === undefined
        ? 'SELECT 1'
        : `INSERT INTO audit_entries (id, at, actor, action, fields, mac) VALUES (1, '${newest} 01:02:03.000000', 'system', 'x', '', 'x')`,
    );
    const [clock] = await sql<{ trusted_at: string }>(
      file,
      'SELECT trusted_at FROM steady_clock',
    );
    expect(clock?.trusted_at.slice(0, DATE_LENGTH)).toBe(
      expected ?? formatUtc(new Date()).slice(0, DATE_LENGTH),
    );
  });

  it('knows whose each stored answer is, and empties those of tenants that are gone', async () => {
    const file = join(workspaceForTest(), 'test.db');
    await migrateHere(file);
    await migrateAgain(
      file,
      [
        `INSERT INTO tenants (id, username, password_hash, business_name, openai_api_key, system_prompt) VALUES (7, 'a', 'x', 'x', '', 'x')`,
        insertAnswer('living', { id: 7, username: 'a' }),
        insertAnswer('gone', { id: 8, username: 'b' }),
        insertAnswer('import', { id: 8, state: 'pending' }),
      ].join(';'),
    );
    expect(
      await sql(
        file,
        "SELECT key_mac, target, answer = '' AS emptied FROM idempotency_keys ORDER BY key_mac",
      ),
    ).toEqual([
      { key_mac: 'gone', target: 'tenant:8', emptied: 1 },
      { key_mac: 'import', target: null, emptied: 0 },
      { key_mac: 'living', target: 'tenant:7', emptied: 0 },
    ]);
  });
});
