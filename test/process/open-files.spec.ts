import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRequest } from '../helpers/send-request.js';
import { Service } from '../helpers/service.js';
import { Visitor } from '../helpers/visitor.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

const UNFINISHED =
  'POST /api/tenants HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{';

/** Connections that have written the bytes, and what is written to them. */
async function connections(
  url: string,
  count: number,
  bytes = '',
): Promise<Socket[]> {
  const { hostname, port } = new URL(url);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      if (bytes !== '') socket.write(bytes);
      return socket.resume();
    }),
  );
}

describe('with 256 open files', () => {
  let service: Service;
  let open: Socket[];

  beforeAll(async () => {
    service = await Service.start(
      makeWorkspace(),
      { LOG_LEVEL: 'warn', NODE_ENV: 'production' },
      { maxOpenFiles: 256 },
    );
  });
  afterAll(async () => {
    await service.stop('SIGKILL');
    removeWorkspace(service.cwd);
  });

  it('answers the first form that it reads, whatever idle connections there are', async () => {
    open = await connections(service.url, 260);
    const answer = await new Visitor(service.url).signIn('kimse', 'yanlış');

    expect(answer.status).toBe(401);
    expect(service.process.exitCode).toBeNull();
    expect(
      (await sendRequest(service.url, { path: '/health/ready' })).status,
    ).toBe(200);
    for (const socket of open) socket.destroy();
  });

  it('goes on when every connection is taken by a request that does not end', async () => {
    open = await connections(service.url, 260, UNFINISHED);
    await sleep(500);
    const refused = await sendRequest(service.url, { path: '/health' }).catch(
      (error: NodeJS.ErrnoException) => error.code,
    );
    // Refused by an answer, or by the end of the connection when that is faster.
    expect(typeof refused === 'object' ? refused.status : refused).toSatisfy(
      (how) => [503, 'ECONNRESET', 'EPIPE'].includes(how as never),
    );
    for (const socket of open) socket.destroy();
    await sleep(500);

    expect(service.process.exitCode).toBeNull();
    expect(
      (await sendRequest(service.url, { path: '/health/ready' })).status,
    ).toBe(200);
    expect(service.output.stderr).toBe('');
  });
});
