import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TenantsApi } from '../helpers/api.js';
import { tokenIn } from '../helpers/database-setup.js';
import { withDatabase } from '../helpers/test-database.js';
import { freePort } from '../helpers/free-port.js';
import { projectPath } from '../helpers/paths.js';
import {
  childEnv,
  type Outcome,
  run,
  Service,
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import { workspaceForTest } from '../helpers/workspace.js';
import { WriteStorm } from '../helpers/write-storm.js';

const ENV = { NODE_ENV: 'production', LOG_LEVEL: 'error' };

/** Starts a service that is bound to fail. */
async function failure(
  env: Record<string, string>,
): Promise<Outcome & { folder: string }> {
  const folder = workspaceForTest();
  const outcome = await run('main.js', [], folder, {
    ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
    SECRET_KEY: TEST_SECRET_KEY,
    ...ENV,
    ...env,
  });
  return { ...outcome, folder };
}

describe('a service that is told to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'answers what it has begun, loses nothing and exits with 0 on %s',
    async (signal) => {
      const folder = workspaceForTest();
      const file = join(folder, 'randevu_asistani.db');
      const service = await Service.start(folder, ENV);
      const token = await tokenIn(file);
      const storm = new WriteStorm();
      const api = new TenantsApi(service.url, token);
      await storm.prepare(api, 4);
      const raging = storm.run(api);
      await sleep(500);
      const before = storm.acknowledged;
      const begun = performance.now();
      const ended = service.stop(signal);
      await sleep(500);
      const ready = await fetch(`${service.url}/health/ready`);
      const live = await fetch(`${service.url}/health/live`);
      const inFlight = Promise.all(
        Array.from({ length: 5 }, () => api.create()),
      );
      const code = await ended;
      const seconds = (performance.now() - begun) / 1000;
      const created = await inFlight;
      await raging;
      const left = readdirSync(folder);
      const integrity = await withDatabase(file, (database) =>
        database.all('PRAGMA integrity_check'),
      );
      const next = await Service.start(folder, ENV);
      const missing = await storm.missing(new TenantsApi(next.url, token));
      await next.stop('SIGKILL');

      expect([ready.status, live.status]).toEqual([503, 200]);
      expect(await ready.text()).toContain('draining');
      expect(created.map(({ status }) => status)).toEqual(
        Array.from({ length: 5 }, () => 201),
      );
      expect(code).toBe(0);
      expect(seconds).toBeGreaterThan(1);
      expect(seconds).toBeLessThan(30);
      expect(storm.acknowledged).toBeGreaterThan(before);
      expect(storm.refusals).toEqual([]);
      expect(missing).toEqual([]);
      expect(integrity).toEqual([{ integrity_check: 'ok' }]);
      // The last connection folds the write-ahead log into the database.
      expect(left).toEqual(['randevu_asistani.db']);
    },
  );
});

describe('connections that finish nothing', () => {
  it('do not hold the end up', async () => {
    const service = await Service.start(workspaceForTest(), ENV);
    const sockets = await Promise.all(
      [
        '',
        '',
        'GET /health HTTP/1.1\r\nHost',
        'GET /health HTTP/1.1\r\nHost: x\r\n\r\n',
        'POST /api/tenants HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
      ].map((bytes) => open(service.url, bytes)),
    );
    await sleep(100);
    const begun = performance.now();
    const code = await service.stop('SIGTERM');
    const seconds = (performance.now() - begun) / 1000;
    for (const socket of sockets) socket.destroy();

    expect(code).toBe(0);
    expect(seconds).toBeGreaterThan(1);
    // Without care for them it ends after 25 s.
    expect(seconds).toBeLessThan(18);
  });
});

describe('a service that is told to stop while it starts', () => {
  it('has a handler for signals before it does anything else', async () => {
    const folder = workspaceForTest();
    const child = start(folder, String(await freePort()));
    const ended = once(child, 'close');
    while (!catchesSignals(child.pid ?? 0)) await sleep(1);
    const atThatMoment = readdirSync(folder);
    child.kill('SIGTERM');

    expect(await ended).toEqual([0, null]);
    expect(atThatMoment).toEqual([]);
  });

  it('ends at once at any moment, and the next start finds all well', async () => {
    const folder = workspaceForTest();
    const port = String(await freePort());
    for (const delay of [400, 700, 1_000, 1_500]) {
      const child = start(folder, port);
      const ended = once(child, 'close');
      await sleep(delay);
      child.kill('SIGTERM');
      // A process that is still Node's own start has no handler yet.
      expect([
        [0, null],
        [null, 'SIGTERM'],
      ]).toContainEqual(await ended);
    }
    const next = await Service.start(folder, { ...ENV, PORT: port });
    const ready = await fetch(`${next.url}/health/ready`);
    await next.stop('SIGKILL');
    expect(ready.status).toBe(200);
  });
});

function start(cwd: string, PORT: string): ChildProcess {
  return spawn(process.execPath, [projectPath('dist/main.js')], {
    cwd,
    env: childEnv({
      ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
      SECRET_KEY: TEST_SECRET_KEY,
      PORT,
      ...ENV,
    }),
    stdio: 'ignore',
  });
}

/** Linux tells by a mask: see proc(5), `SigCgt`. SIGHUP, because Node itself catches SIGTERM to end by it. */
function catchesSignals(pid: number): boolean {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const caught = /^SigCgt:\s+([0-9a-f]+)$/m.exec(status)?.[1] ?? '0';
  return (BigInt(`0x${caught}`) & 1n) !== 0n;
}

async function open(url: string, bytes: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  if (bytes !== '') socket.write(bytes);
  return socket;
}

describe('a service that cannot listen', () => {
  it('says that the port is in use and exits with 1', async () => {
    const PORT = String(await freePort());
    const server = createServer().listen(Number(PORT), '127.0.0.1');
    await once(server, 'listening');
    const { code, stdout, stderr, folder } = await failure({ PORT });
    server.close();

    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^127.0.0.1:${PORT} dinlenemedi: adres kullanımda[^\\n]*\\n$`),
    );
    expect(stdout).not.toContain('EADDRINUSE');
    expect(stderr).not.toMatch(/\bat .*\.js:\d+/);
    expect(existsSync(join(folder, 'randevu_asistani.db-wal'))).toBe(false);
  });

  it('says that the address is of another machine and exits with 1', async () => {
    const { code, stderr } = await failure({ HOST: '192.0.2.1' });

    expect(code).toBe(1);
    expect(stderr).toContain('HOST');
  });
});
