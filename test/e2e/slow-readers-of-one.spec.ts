import { once } from 'node:events';
import { connect, type Server, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiClient } from '../helpers/api-client.js';
import { TestApp } from '../helpers/test-app.js';
import { withDatabase } from '../helpers/test-database.js';

const PROMPT = 'ş'.repeat(6_000_000);
/** 5 such answers are held at once; the system itself takes much of shorter ones. */
const READERS = 12;
const MAX_HELD = 5;

describe('one row of megabytes, and readers that do not read', () => {
  let app: TestApp;
  let client: ApiClient;
  let id: number;

  beforeAll(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app, await app.token());
    id = await withDatabase(app.databaseFile, (database) =>
      database.insertLegacyTenant({ username: 'uzun', system_prompt: PROMPT }),
    );
  });
  afterAll(() => app.stop());

  it.each([
    ['GET', ''],
    ['PATCH', '{}'],
  ])(
    'hold only so many of them, and no other caller up: %s',
    async (method, body) => {
      let asked = 0;
      app.nest.getHttpServer().on('request', () => (asked += 1));
      const readers = await Promise.all(
        Array.from({ length: READERS }, () => askAndStall(method, body)),
      );
      await vi.waitFor(
        async () => {
          expect(asked).toBe(READERS);
          expect(await connections()).toBeLessThanOrEqual(MAX_HELD + 1);
        },
        { timeout: 20_000 },
      );
      const other = client.as(await app.token());
      const { status, tenant } = await other.get(`/api/tenants/${id}`);
      expect(status).toBe(200);
      expect(tenant.system_prompt).toBe(PROMPT);

      // Not more are broken off than is needed.
      expect(await connections()).toBeGreaterThan(MAX_HELD / 2);
      for (const socket of readers) socket.destroy();
      const again = await client.get(`/api/tenants/${id}`);
      expect(again.tenant.system_prompt).toBe(PROMPT);
    },
  );

  /** A socket that does not read does not learn that it was broken off. */
  function connections(): Promise<number> {
    const server: Server = app.nest.getHttpServer();
    return promisify(server.getConnections.bind(server))();
  }

  async function askAndStall(method: string, body: string): Promise<Socket> {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname).pause();
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(
      `${method} /api/tenants/${id} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${client.token}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    return socket;
  }
});
