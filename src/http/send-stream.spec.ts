import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Server } from 'node:http';
import express, { type Response } from 'express';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendStream } from './send-stream.js';

const PIECE = Buffer.alloc(256 * 1024, 'x');
const PIECES = 200;

describe('sendStream', () => {
  let server: Server;
  let socket: Socket;
  let made: number;
  let ended: Promise<void>;

  beforeEach(async () => {
    made = 0;
    const app = express();
    let end: () => void;
    ended = new Promise((resolve) => (end = resolve));
    app.get('/', async (_request, response: Response) => {
      await sendStream(response, pieces());
      end();
    });
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    socket = connect(port, '127.0.0.1').pause();
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  });
  afterEach(() => {
    vi.useRealTimers();
    socket.destroy();
    server.close();
  });

  async function* pieces(): AsyncGenerator<Buffer> {
    for (; made < PIECES; made += 1) yield PIECE;
  }

  /** Waits until no more is made for so many turns of the loop. */
  async function stalled(): Promise<number> {
    let [before, calm] = [0, 0];
    while (calm < 1_000) {
      await new Promise((resolve) => setImmediate(resolve));
      calm = made > 0 && made === before ? calm + 1 : 0;
      before = made;
    }
    return made;
  }

  it('makes no more than a reader takes, and all that one takes', async () => {
    expect(await stalled()).toBeLessThan(PIECES);
    let bytes = 0;
    socket.on('data', (chunk: Buffer) => (bytes += chunk.length)).resume();
    await once(socket, 'close');
    expect(made).toBe(PIECES);
    expect(bytes).toBeGreaterThan(PIECES * PIECE.length);
  });

  it('ends when its reader leaves', async () => {
    const before = await stalled();
    socket.destroy();
    await ended;
    expect(made).toBe(before);
  });

  it('leaves a reader who takes nothing for a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await stalled();
    vi.advanceTimersByTime(59_999);
    expect(await Promise.race([ended.then(() => 'ended'), stalled()])).toBe(
      made,
    );
    vi.advanceTimersByTime(1);
    await ended;
    socket.resume();
    await once(socket, 'close');
    expect(made).toBeLessThan(PIECES);
  });
});
