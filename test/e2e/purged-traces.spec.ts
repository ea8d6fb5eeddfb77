import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scope } from '../../src/auth/scope.js';
import { Maintenance } from '../../src/maintenance/maintenance.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import { importRow, ndjson } from '../factories/import-rows.js';
import { ApiClient } from '../helpers/api-client.js';
import type { Answer } from '../helpers/answer.js';
import { ImportsApi } from '../helpers/imports-api.js';
import { tenantVisitor } from '../helpers/tenant-visitor.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

const PATH = '/api/tenants/';
const LONG_AGO = '2020-01-01 00:00:00.000000';
/** Every text of the purged tenants has it, in whatever case it is stored. */
const CANARY = 'kanarya';

const canary = (field: string): string =>
  `${CANARY}-${field}-${randomUUID().slice(0, 8)}`;

/** A prompt longer than a page of the database, so that it overflows. */
const longPrompt = (): string => `${canary('prompt')} `.repeat(400);

function newTenant() {
  return {
    username: canary('ad'),
    password: canary('parola'),
    business_name: canary('isletme'),
    openai_api_key: `sk-${canary('anahtar')}-${canary('son')}`,
    system_prompt: longPrompt(),
  };
}

describe('what is purged', () => {
  let app: TestApp;
  let client: ApiClient;
  let database: TestDatabase;
  let other: Answer;
  const otherKey = randomUUID();
  const otherTenant = tenantFactory.build();

  const post = (path: string, body: unknown, key: string): Promise<Answer> =>
    client.post(path, body, { headers: { 'Idempotency-Key': key } });

  /** Table, column and value of every cell that holds the canary. */
  async function cells(): Promise<string[]> {
    const tables = await database.all<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table'",
    );
    expect(tables.length).toBeGreaterThan(14);
    const found: string[] = [];
    for (const { name } of tables)
      for (const row of await database.all<Record<string, unknown>>(
        `SELECT * FROM "${name}"`,
      ))
        for (const [column, value] of Object.entries(row))
          if (holds(value)) found.push(`${name}.${column}`);
    return found.toSorted();
  }

  /** The files that hold the canary, when all that is committed is in the database itself. */
  async function files(): Promise<string[]> {
    await database.all('PRAGMA wal_checkpoint(TRUNCATE)');
    return ['', '-wal', '-shm']
      .map((suffix) => `${app.databaseFile}${suffix}`)
      .filter((file) => existsSync(file) && holds(readFileSync(file)));
  }

  async function importOne(row: object): Promise<number> {
    const { rows } = await new ImportsApi(client).run(ndjson([row]));
    return Number(rows[0]?.tenant_id);
  }

  beforeAll(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app, await app.token());
    database = new TestDatabase(app.databaseFile);
    other = await post(PATH, otherTenant, otherKey);
  });
  afterAll(async () => {
    await database.close();
    await app.stop();
  });

  /** A tenant that has been through everything that a tenant can. */
  async function live(): Promise<{
    id: number;
    replays: (() => Promise<Answer>)[];
    boundToken: string;
  }> {
    const [tenant, keys] = [newTenant(), [0, 1, 2, 3].map(() => randomUUID())];
    const [created, restored, suspended, activated] = keys as [
      string,
      string,
      string,
      string,
    ];
    const create = () => post(PATH, tenant, created);
    const { id } = (await create()).tenant;
    const boundToken = await app.token([Scope.TenantsRead], id);
    await client.patch(`${PATH}${id}`, {
      username: canary('yeni'),
      business_name: canary('isletme2'),
      system_prompt: longPrompt(),
      openai_api_key: `sk-${canary('anahtar2')}-${canary('son')}`,
      password: canary('parola2'),
    });
    await (await tenantVisitor(app, id)).get('/panel');
    await client.get('/api/tenants/export');
    await client.delete(`${PATH}${id}`);
    const username = canary('donen');
    const restore = () =>
      post(`${PATH}bin/${id}/restore`, { username }, restored);
    const suspend = () => post(`${PATH}${id}/suspend`, undefined, suspended);
    const activate = () => post(`${PATH}${id}/activate`, undefined, activated);
    const replays = [create, restore, suspend, activate];
    for (const again of replays)
      expect((await again()).status).toBeLessThan(300);
    await (await tenantVisitor(app, id)).get('/panel');
    await client.delete(`${PATH}${id}`);
    return { id, replays, boundToken };
  }

  describe.each([
    ['by call', async (id: number) => client.delete(`${PATH}bin/${id}`)],
    [
      'by the passing of time',
      async (id: number) => {
        await database.run(
          'UPDATE deleted_tenants SET deleted_at = ? WHERE id = ?',
          LONG_AGO,
          id,
        );
        await app.nest.get(Maintenance).runAll();
      },
    ],
  ])('%s', (_, purge) => {
    let tenant: Awaited<ReturnType<typeof live>>;
    let imported: number;

    it('was there before', async () => {
      tenant = await live();
      const row = importRow(canary('aktarilan'), {
        business_name: canary('isletme'),
        openai_api_key: `sk-${canary('anahtar')}-${canary('son')}`,
        system_prompt: longPrompt(),
      });
      await new ImportsApi(client).run(ndjson([row]), '?dry_run=true');
      imported = await importOne(row);
      // The name is taken by now: a report of what failed has it, too.
      await importOne(row);
      await client.delete(`${PATH}${imported}`);
      expect(await cells()).toEqual(
        expect.arrayContaining([
          'deleted_tenants.business_name',
          'deleted_tenants.system_prompt',
          'deleted_tenants.username',
          'idempotency_keys.answer',
        ]),
      );
      expect(await files()).toContain(app.databaseFile);
      for (const id of [tenant.id, imported]) await purge(id);
    });

    it('is in no table', async () => {
      expect(await cells()).toEqual([]);
    });

    it('is in no file', async () => {
      expect(await files()).toEqual([]);
    });

    it('is not made again, nor answered, by repeated requests', async () => {
      for (const again of tenant.replays) {
        const answer = await again();
        expect([answer.status, answer.problem.code]).toEqual([
          404,
          'TENANT_NOT_FOUND',
        ]);
        expect(answer.header('idempotency-replayed')).toBeUndefined();
      }
      expect(await cells()).toEqual([]);
      const reused = await post(PATH, tenantFactory.build(), randomUUID());
      expect(reused.status).toBe(201);
    });

    it('leaves no token that is good for anything', async () => {
      const answer = await client
        .as(tenant.boundToken)
        .get(`${PATH}${tenant.id}`);
      expect(answer.status).toBe(401);
      const entries = await database.all(
        "SELECT action FROM audit_entries WHERE target = 'token:' || ? AND action = 'token.revoked'",
        tenant.boundToken.slice(3, 11),
      );
      expect(entries).toHaveLength(1);
    });

    it('takes nothing of others with it', async () => {
      const { id } = other.tenant;
      expect((await client.get(`${PATH}${id}`)).text).toBe(other.text);
      const again = await post(PATH, otherTenant, otherKey);
      expect([again.status, again.text]).toEqual([201, other.text]);
      expect(again.header('idempotency-replayed')).toBe('true');
    });
  });

  it('takes no name out of the report of another who has it now', async () => {
    const username = `ad-${randomUUID().slice(0, 8)}`;
    const first = (await client.post(PATH, tenantFactory.build({ username })))
      .tenant;
    await client.delete(`${PATH}${first.id}`);
    const imports = new ImportsApi(client);
    const path = await imports.start(ndjson([importRow(username)]));
    await imports.until(path);
    await client.delete(`${PATH}bin/${first.id}`);
    expect((await imports.report(path)).rows[0]?.username).toBe(username);
  });
});

function holds(value: unknown): boolean {
  // In any case: the search has it folded.
  const text = Buffer.isBuffer(value)
    ? value.toString('latin1')
    : String(value);
  return text.toLowerCase().includes(CANARY);
}
