import { renameSync } from 'node:fs';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tenantFactory } from '../factories/tenant.factory.js';
import { ApiClient } from '../helpers/api-client.js';
import { Service } from '../helpers/service.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

interface Readiness {
  status: string;
  info: object;
  error: object;
}

describe('Health', () => {
  let app: TestApp;
  let client: ApiClient;
  let database: TestDatabase;

  beforeEach(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app);
    database = new TestDatabase(app.databaseFile);
  });
  afterEach(async () => {
    await database.close();
    await app.stop();
  });

  async function failingParts(): Promise<string[]> {
    const answer = await client.get('/health/ready');
    const { error, status, info } = answer.json as Readiness;
    const parts = Object.keys(error);
    expect(answer.status).toBe(parts.length === 0 ? 200 : 503);
    expect(status).toBe(parts.length === 0 ? 'ok' : 'error');
    expect(answer.header('retry-after') === undefined).toBe(parts.length === 0);
    expect([...parts, ...Object.keys(info)].toSorted()).toEqual([
      'audit',
      'database',
      'draining',
      'encryption_key',
      'migrations',
    ]);
    expect(answer.everything).not.toMatch(
      /sqlite|select|no such|\.db|\/tmp|stack| at /i,
    );
    return parts;
  }

  async function expectAlive(): Promise<void> {
    for (const path of [
      '/health',
      '/health/',
      '/health/live',
      '/health/live/',
    ]) {
      const answer = await client.get(path);
      expect([answer.status, answer.json]).toEqual([200, { status: 'ok' }]);
    }
  }

  it('is well at first, needs no token, and is never stored by a cache', async () => {
    await expectAlive();
    expect(await failingParts()).toEqual([]);
    for (const path of ['/health', '/health/live', '/health/ready']) {
      const answer = await client.get(path, { token: 'nonsense' });
      expect([answer.status, answer.header('cache-control')]).toEqual([
        200,
        'no-store',
      ]);
      const head = await client.send('HEAD', path);
      expect([head.status, head.text]).toEqual([200, '']);
    }
  });

  it('names migrations when one is missing, and is well again with it', async () => {
    const [row] = await database.all<{ timestamp: number; name: string }>(
      'SELECT timestamp, name FROM migrations ORDER BY id DESC LIMIT 1',
    );
    await database.run('DELETE FROM migrations WHERE name = ?', row?.name);
    expect(await failingParts()).toEqual(['migrations']);
    await expectAlive();
    await database.run(
      'INSERT INTO migrations (timestamp, name) VALUES (?, ?)',
      row?.timestamp,
      row?.name,
    );
    expect(await failingParts()).toEqual([]);
  });

  it('names migrations when their table is gone', async () => {
    await database.run('DROP TABLE migrations');
    expect(await failingParts()).toEqual(['migrations']);
  });

  it('names encryption_key when its check value is gone or of another key', async () => {
    const [row] = await database.all<{ check_value: string }>(
      'SELECT check_value FROM encryption_key_checks',
    );
    await database.run(
      "UPDATE encryption_key_checks SET check_value = 'gAAAAAbroken'",
    );
    expect(await failingParts()).toEqual(['encryption_key']);
    await database.run(
      'UPDATE encryption_key_checks SET check_value = ?',
      row?.check_value,
    );
    expect(await failingParts()).toEqual([]);
    await database.run('DELETE FROM encryption_key_checks');
    expect(await failingParts()).toEqual(['encryption_key']);
    await expectAlive();
  });

  it('names database when its file has been moved away or replaced, and is well again when it is back', async () => {
    // Opened for certain before its file goes: opening happens in the background.
    await database.all('SELECT 1');
    const away = `${app.databaseFile}.away`;
    renameSync(app.databaseFile, away);
    expect(await failingParts()).toContain('database');
    await expectAlive();
    const other = new TestDatabase(app.databaseFile, 'create');
    await other.run('CREATE TABLE another (id)');
    await other.close();
    expect(await failingParts()).toContain('database');
    renameSync(away, app.databaseFile);
    expect(await failingParts()).toEqual([]);
  });

  it('names every part that fails', async () => {
    await database.run('DROP TABLE migrations');
    await database.run('DROP TABLE encryption_key_checks');
    expect((await failingParts()).toSorted()).toEqual([
      'encryption_key',
      'migrations',
    ]);
  });
});

describe('SIGTERM', () => {
  let folder: string;
  let service: Service;

  beforeEach(async () => {
    folder = makeWorkspace();
    service = await Service.start(folder, {
      NODE_ENV: 'production',
      DATABASE_URL: `sqlite:///${join(folder, 'test.db')}`,
    });
  });
  afterEach(async () => {
    await service.stop('SIGKILL');
    removeWorkspace(folder);
  });

  it('turns readiness to draining for at least a second, serves meanwhile, then exits with 0', async () => {
    const client = await ApiClient.of(service, await service.token());
    const create = client.post('/api/tenants/', tenantFactory.build());
    const slow = await startRequest(service.url, client.token ?? '');
    await sleep(50);
    service.process.kill('SIGTERM');
    const exited = once(service.process, 'exit');
    const begin = Date.now();

    const draining = await untilDraining(client);
    expect(Object.keys((draining.json as Readiness).error)).toEqual([
      'draining',
    ]);
    expect((await client.get('/health/live')).status).toBe(200);
    expect((await client.get('/api/tenants/')).status).toBe(200);
    expect((await create).status).toBe(201);

    while (Date.now() - begin < 1_000) {
      expect((await client.get('/health/ready')).status).toBe(503);
      await sleep(50);
    }
    await untilClosed(client);
    expect(Date.now() - begin).toBeGreaterThanOrEqual(1_000);
    expect(await slow.finish()).toBe(422);
    expect(await exited).toEqual([0, null]);
    expect(Date.now() - begin).toBeLessThan(25_000);
  });
});

async function untilDraining(client: ApiClient) {
  for (;;) {
    const answer = await client.get('/health/ready');
    if (answer.status === 503) return answer;
    await sleep(10);
  }
}

async function untilClosed(client: ApiClient): Promise<void> {
  while (
    await client.get('/health').then(
      () => true,
      () => false,
    )
  )
    await sleep(50);
}

/** A request whose body is still on its way. */
async function startRequest(url: string, token: string) {
  const outgoing = request(`${url}/api/tenants/`, {
    method: 'POST',
    agent: false,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'transfer-encoding': 'chunked',
    },
  });
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  answered.catch(() => undefined);
  await new Promise((resolve) => outgoing.write('{"username":', resolve));
  return {
    finish: async (): Promise<number | undefined> => {
      outgoing.end('1}');
      const [answer] = await answered;
      await readText(answer);
      return answer.statusCode;
    },
  };
}
