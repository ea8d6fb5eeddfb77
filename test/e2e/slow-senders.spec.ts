import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiClient } from '../helpers/api-client.js';
import { TestApp } from '../helpers/test-app.js';

const JSON_POST =
  'POST /api/tenants HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
const FORM_POST =
  'POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n';
const LENGTH = 512 * 1024;

interface Sender {
  socket: Socket;
  answer: string;
}

describe('bodies that stop before their end', () => {
  let app: TestApp;
  let client: ApiClient;
  const senders: Sender[] = [];

  beforeAll(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app, await app.token());
  });
  afterAll(() => app.stop());

  async function send(head: string, body: Buffer | string): Promise<Sender> {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    const sender: Sender = { socket, answer: '' };
    senders.push(sender);
    socket.on('error', () => undefined);
    socket.on('data', (data) => (sender.answer += data.toString()));
    await once(socket, 'connect');
    socket.write(head);
    socket.write(body);
    return sender;
  }

  function hangUp(): void {
    for (const { socket } of senders.splice(0)) socket.destroy();
  }

  it.each([
    ['JSON', JSON_POST],
    ['forms', FORM_POST],
  ])(
    'are refused beyond 16 MiB of one network, and make room when they leave: %s',
    async (_kind, head) => {
      for (let index = 0; index < 40; index += 1)
        await send(
          `${head}Content-Length: ${LENGTH}\r\n\r\n`,
          Buffer.alloc(LENGTH - 100, 'x'),
        );
      await vi.waitFor(
        () => {
          const refused = senders.filter(({ answer }) => answer !== '');
          expect(refused.length).toBeGreaterThanOrEqual(8);
          for (const { answer } of refused) {
            expect(answer).toMatch(/^HTTP\/1.1 503 /);
            expect(answer).toMatch(/^Retry-After: [1-9]/im);
          }
        },
        { timeout: 10_000 },
      );
      expect(senders.filter(({ answer }) => answer === '')).not.toEqual([]);
      hangUp();
      await vi.waitFor(
        async () => {
          const answer = await client.send('POST', '/api/tenants', {
            raw: '{}',
            headers: { 'content-type': 'application/json' },
          });
          expect(answer.status).toBe(422);
        },
        { timeout: 10_000 },
      );
    },
  );

  it('are refused when they come in more chunks than are worth it', async () => {
    const sender = await send(
      `${JSON_POST}Transfer-Encoding: chunked\r\n\r\n`,
      '1\r\nx\r\n'.repeat(100_000),
    );
    await vi.waitFor(() => expect(sender.answer).toMatch(/^HTTP\/1.1 503 /), {
      timeout: 10_000,
    });
    hangUp();
  });

  it('does not keep the connection of a body that is too large', async () => {
    const sender = await send(
      `${JSON_POST}Transfer-Encoding: chunked\r\n\r\n`,
      `100000\r\n${'x'.repeat(0x100000)}\r\n`,
    );
    await vi.waitFor(() => expect(sender.answer).toMatch(/^HTTP\/1.1 413 /), {
      timeout: 10_000,
    });
    if (!sender.socket.closed) await once(sender.socket, 'close');
  }, 20_000);
});
