import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LongAnswers } from '../../src/http/long-answers.js';
import { PIECE_BYTES } from '../../src/common/in-pieces.js';
import { longPrompts } from '../factories/long-prompts.js';
import { ApiClient } from '../helpers/api-client.js';
import { parseAnswer } from '../helpers/send-request.js';
import { TestApp } from '../helpers/test-app.js';
import { sql } from '../helpers/test-database.js';

/** More than the sockets of both sides take, so that a reader who stops stops the service. */
const TENANTS = 120;
/** More than one caller may have under way. */
const MANY = 200;
const LISTS = ['/api/tenants/', '/api/tenants/bin'];

describe('a list that is too large to be held', () => {
  let app: TestApp;
  let client: ApiClient;

  beforeAll(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app, await app.token());
    await longPrompts(app.databaseFile, TENANTS);
  });
  afterAll(() => app.stop());

  it.each(LISTS)('is what its parts are: %s', async (path) => {
    const whole = await client.get(`${path}?limit=500`);
    expect(whole.tenants.length).toBe(TENANTS);
    const parts = await Promise.all(
      Array.from({ length: TENANTS / 10 }, (_, place) =>
        client.get(`${path}?limit=1&skip=${place * 10}`),
      ),
    );
    expect(whole.tenants.filter((_, place) => place % 10 === 0)).toEqual(
      parts.flatMap(({ tenants }) => tenants),
    );
    expect(whole.header('content-type')).toBe(parts[0]?.header('content-type'));
    expect(whole.header('x-total-count')).toBe(String(TENANTS));
    expect(whole.header('link')).toContain('rel="last"');
    expect(whole.header('content-length')).toBeUndefined();
    expect(parts[0]?.header('content-length')).toBeDefined();
  });

  it('keeps its order and its cursor', async () => {
    const ids: number[] = [];
    let after: string | undefined = '';
    while (after !== undefined) {
      const page = await client.get(
        `/api/tenants?sort=-username&limit=50&after=${after}`,
      );
      ids.push(...page.tenants.map(({ id }) => id));
      after = page.header('x-next-cursor');
    }
    const short = await client.get('/api/tenants?sort=-username&limit=1');
    expect(ids.length).toBe(TENANTS);
    expect(new Set(ids).size).toBe(TENANTS);
    expect(ids[0]).toBe(short.tenants[0]?.id);
  });

  it.each(LISTS)('has no body for HEAD: %s', async (path) => {
    const answer = await client.send('HEAD', `${path}?limit=500`);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.header('x-total-count')).toBe(String(TENANTS));
  });

  it('leaves out who was deleted before its turn', async () => {
    const { status, text } = await slowAnswer(
      `/api/tenants?limit=500`,
      async () => {
        const { status: deleted } = await client.delete(
          `/api/tenants/${TENANTS}`,
        );
        expect(deleted).toBe(204);
      },
    );
    expect(status).toBe(200);
    const tenants = JSON.parse(text) as { id: number }[];
    expect(tenants.map(({ id }) => id)).toEqual(
      Array.from({ length: TENANTS - 1 }, (_, index) => index + 1),
    );
  });

  it('that fails breaks the connection on its way, and is an error like any other at its start', async () => {
    const { status, text } = await slowAnswer('/api/tenants?limit=500', () =>
      sql(app.databaseFile, 'ALTER TABLE tenants RENAME TO away'),
    );
    const atStart = await client.get('/api/tenants?limit=500');
    await sql(app.databaseFile, 'ALTER TABLE away RENAME TO tenants');
    expect(status).toBe(200);
    expect(text.length).toBeGreaterThan(PIECE_BYTES / 2);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect([atStart.status, atStart.problem.code]).toEqual([
      500,
      'INTERNAL_ERROR',
    ]);
  });

  it('waits for its turn, for a while', async () => {
    const answers = app.nest.get(LongAnswers);
    const caller = client.token?.slice(3, 11) ?? '';
    const ends: (() => void)[] = [];
    // As many as one caller may have.
    while (ends.length < 192) ends.push(await answers.begin(caller));
    const other = client.as(await app.token());
    const [refused, another] = await Promise.all([
      client.get('/api/tenants?limit=1'),
      other.get('/api/tenants?limit=1'),
    ]);
    expect([refused.status, refused.problem.code]).toEqual([
      503,
      'UNAVAILABLE',
    ]);
    expect(refused.header('retry-after')).toBe('5');
    expect(another.status).toBe(200);
    for (const end of ends) end();
    expect((await client.get('/api/tenants?limit=1')).status).toBe(200);
  });

  it('gives its turn back when its connection ends, also behind another answer', async () => {
    const socket = await ask('/api/tenants?limit=500', MANY);
    await once(socket, 'data');
    socket.destroy();
    expect((await client.get('/api/tenants?limit=1')).status).toBe(200);
  });

  async function ask(path: string, times = 1): Promise<Socket> {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const request = `GET ${path} HTTP/1.0\r\nAuthorization: Bearer ${client.token}\r\nConnection: ${times > 1 ? 'keep-alive' : 'close'}\r\n\r\n`;
    socket.write(request.repeat(times));
    return socket;
  }

  /** @param meanwhile is done while the reader waits after the first bytes. */
  async function slowAnswer(path: string, meanwhile: () => Promise<unknown>) {
    const socket = await ask(path);
    const chunks: Buffer[] = [];
    const [first] = (await once(socket, 'data')) as [Buffer];
    socket.pause();
    chunks.push(first);
    await meanwhile();
    socket.on('data', (chunk: Buffer) => chunks.push(chunk)).resume();
    await once(socket, 'close');
    return parseAnswer(Buffer.concat(chunks).toString());
  }
});
