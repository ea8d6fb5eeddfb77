import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longPrompts } from '../factories/long-prompts.js';
import { migrateHere, tokenIn } from '../helpers/database-setup.js';
import { sendRequest } from '../helpers/send-request.js';
import { Service } from '../helpers/service.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

/** Of 19 MiB together. */
const TENANTS = 160;
const READERS = 24;
const ASKED_MEGABYTES = (TENANTS * READERS * 121) / 1024;

describe.runIf(process.platform === 'linux')(
  'readers that do not read what they have asked for',
  () => {
    let service: Service;
    let token: string;
    let idle: number;

    beforeAll(async () => {
      const folder = makeWorkspace();
      const file = join(folder, 'test.db');
      await migrateHere(file);
      await longPrompts(file, TENANTS);
      token = await tokenIn(file);
      service = await Service.start(folder, {
        DATABASE_URL: `sqlite:///${file}`,
        LOG_LEVEL: 'warn',
      });
      idle = residentMegabytes();
    });
    afterAll(async () => {
      await service.stop('SIGKILL');
      removeWorkspace(service.cwd);
    });

    it.each([
      '/api/tenants?limit=500',
      '/api/tenants/bin?limit=500',
      '/api/tenants/export',
    ])('take no memory worth the name: %s', async (path) => {
      const stalled = await Promise.all(
        Array.from({ length: READERS }, () => askAndStall(path)),
      );
      await sleep(1_000);
      const answer = await sendRequest(service.url, {
        path,
        headers: { authorization: `Bearer ${token}` },
      });
      const taken = residentMegabytes() - idle;
      for (const socket of stalled) socket.destroy();

      expect(taken).toBeLessThan((ASKED_MEGABYTES * 2) / 3);
      expect(answer.status).toBe(200);
      expect(answer.text.match(/"username":/g)).toHaveLength(TENANTS);
    });

    function residentMegabytes(): number {
      const { pid } = service.process;
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    }

    async function askAndStall(path: string): Promise<Socket> {
      const { hostname, port } = new URL(service.url);
      const socket = connect(Number(port), hostname).pause();
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`,
      );
      return socket;
    }
  },
);
