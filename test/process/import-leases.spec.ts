import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { importRow, ndjson, slowImport } from '../factories/import-rows.js';
import { ApiClient } from '../helpers/api-client.js';
import { tokenIn } from '../helpers/database-setup.js';
import { ImportsApi } from '../helpers/imports-api.js';
import { projectPath } from '../helpers/paths.js';
import { Service } from '../helpers/service.js';
import { sql } from '../helpers/test-database.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

const ENV = { NODE_ENV: 'production', LOG_LEVEL: 'error' };
const HOUR_MS = 3_600_000;
/** As many as one caller may have on their way. */
const UPLOADS = 3;

describe('a process that has imports in its hands', () => {
  let folder: string;
  let file: string;
  let token: string;
  let services: Service[] = [];
  let sockets: Socket[] = [];

  beforeEach(() => {
    folder = makeWorkspace();
    file = join(folder, 'randevu_asistani.db');
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    for (const service of services) await service.stop('SIGKILL');
    [services, sockets] = [[], []];
    removeWorkspace(folder);
  });

  async function start(env: Record<string, string> = {}): Promise<Service> {
    const service = await Service.start(folder, { ...ENV, ...env });
    services.push(service);
    return service;
  }

  /** Another one on the same file, whose wall clock is wrong. */
  function startShifted(ms: number): Promise<Service> {
    return start({
      NODE_OPTIONS: `--import=${projectPath('test/fixtures/shift-clock.mjs')}`,
      CLOCK_SHIFT_MS: String(ms),
    });
  }

  async function importsOf(service: Service): Promise<ImportsApi> {
    token = await tokenIn(file);
    return new ImportsApi(await ApiClient.of(service, token));
  }

  /** Begins an upload that never ends. @returns what comes back. */
  async function hang({ url }: Service): Promise<{ answer: string }> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    const received = { answer: '' };
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => (received.answer += data.toString()));
    await once(socket, 'connect');
    const line = ndjson([importRow('yarim-kalan')]);
    socket.write(
      `POST /api/tenants/imports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n${Buffer.byteLength(line).toString(16)}\r\n${line}\r\n`,
    );
    return received;
  }

  async function countReceiving(): Promise<number> {
    const found = await sql(
      file,
      "SELECT 1 FROM tenant_imports WHERE state = 'receiving'",
    );
    return found.length;
  }

  async function hangAll(service: Service): Promise<{ answer: string }[]> {
    const hanging = await Promise.all(
      Array.from({ length: UPLOADS }, () => hang(service)),
    );
    await vi.waitUntil(async () => (await countReceiving()) === UPLOADS, {
      timeout: 30_000,
      interval: 50,
    });
    return hanging;
  }

  it('and is killed is followed by one whose clock is an hour behind', async () => {
    const first = await start();
    const before = await importsOf(first);
    const path = await before.start(slowImport('saat', 6));
    expect((await before.until(path, 1)).state).toBe('running');
    await first.stop('SIGKILL');
    const after = await importsOf(await startShifted(-HOUR_MS));
    const report = await after.until(path);
    expect(report).toMatchObject({ state: 'finished', added: 6, failed: 0 });
  });

  it('is not robbed of them by one whose clock is an hour ahead', async () => {
    const imports = await importsOf(await start());
    const path = await imports.start(slowImport('saat', 200));
    await imports.until(path, 1);
    const holders = new Set<unknown>();
    // Long enough for it to look several times.
    const rival = startShifted(HOUR_MS).then(() => sleep(4_000));
    const over = new AbortController();
    void rival.finally(() => over.abort());
    do {
      const [job] = await sql<{ holder: string | null }>(
        file,
        'SELECT holder FROM jobs',
      );
      holders.add(job?.holder);
      await sleep(20);
    } while (!over.signal.aborted);
    await rival;
    const { state, processed } = await imports.report(path, '?limit=1');
    expect(state).toBe('running');
    expect(processed).toBeLessThan(200);
    expect([...holders]).toEqual([expect.any(String)]);
  });

  it('and is killed with uploads on their way blocks nobody for long', async () => {
    const first = await start();
    await importsOf(first);
    await hangAll(first);
    await first.stop('SIGKILL');
    const service = await start();
    const imports = new ImportsApi(await ApiClient.of(service, token));
    const path = await vi.waitUntil(
      () => imports.start(ndjson([importRow('yer-acildi')])).catch(() => ''),
      { timeout: 30_000, interval: 500 },
    );
    expect(await imports.until(path)).toMatchObject({ added: 1 });
    await vi.waitUntil(async () => (await countReceiving()) === 0, {
      timeout: 30_000,
      interval: 200,
    });
    expect(await sql(file, 'SELECT 1 FROM tenant_import_payloads')).toEqual([]);
  });

  it('and is told to stop ends uploads at once, leaves nothing of them, and exits in time', async () => {
    const service = await start();
    await importsOf(service);
    const hanging = await hangAll(service);
    const begun = performance.now();
    const code = await service.stop('SIGTERM');
    const seconds = (performance.now() - begun) / 1_000;
    expect(code).toBe(0);
    // The shutdown is cut off after 25 s.
    expect(seconds).toBeLessThan(20);
    for (const { answer } of hanging) {
      expect(answer).toMatch(/^HTTP\/1\.1 503 /);
      expect(answer).toMatch(/retry-after: \d+/i);
    }
    expect(await sql(file, 'SELECT 1 FROM tenant_imports')).toEqual([]);
    expect(await sql(file, 'SELECT 1 FROM tenant_import_rows')).toEqual([]);
  });
});
