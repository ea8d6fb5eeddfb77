import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../helpers/api-client.js';
import { CANARY } from '../helpers/hostile-values.js';
import { sendBytes, sendRequest } from '../helpers/send-request.js';
import { TestApp } from '../helpers/test-app.js';

const CLOSE = 'Connection: close\r\n\r\n';

describe('Broken HTTP', () => {
  let app: TestApp;
  let client: ApiClient;
  let authorization: string;

  beforeAll(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app, await app.token());
    authorization = `Authorization: Bearer ${client.token}\r\n`;
  });
  afterAll(() => app.stop());

  const get = (path: string, last = false) =>
    `GET ${path} HTTP/1.1\r\nHost: x\r\n${authorization}${last ? CLOSE : '\r\n'}`;

  it.each<[string, string | Buffer]>([
    ['garbage', `${CANARY}\r\n\r\n`],
    [
      'binary garbage',
      Buffer.concat([Buffer.from([0, 255, 1, 254, 13, 10, 13, 10])]),
    ],
    ['a TLS hello', Buffer.from('16030100c8010000c40303', 'hex')],
    ['HTTP/9.9', `GET /${CANARY} HTTP/9.9\r\nHost: x\r\n\r\n`],
    ['an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    [
      'an unknown method',
      `${CANARY.toUpperCase()} / HTTP/1.1\r\nHost: x\r\n\r\n`,
    ],
    [
      'a target with a space',
      `GET /api/${CANARY} x HTTP/1.1\r\nHost: x\r\n\r\n`,
    ],
    [
      'a target with a backslash at the beginning',
      `GET \\${CANARY} HTTP/1.1\r\nHost: x\r\n\r\n`,
    ],
    [
      'a header without a colon',
      `GET / HTTP/1.1\r\nHost: x\r\n${CANARY}\r\n\r\n`,
    ],
    ['a blank before the colon', `GET / HTTP/1.1\r\nHost : ${CANARY}\r\n\r\n`],
    [
      'a NUL in a header',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${CANARY}\0\r\n\r\n`,
    ],
    [
      'a folded header',
      `GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n\x01${CANARY}\r\n\r\n`,
    ],
    [
      'a Content-Length that is no number',
      `POST /api/tenants HTTP/1.1\r\nHost: x\r\nContent-Length: ${CANARY}\r\n\r\n`,
    ],
    [
      'a negative Content-Length',
      'POST /api/tenants HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
    ],
    [
      'a Content-Length beyond all numbers',
      `POST /api/tenants HTTP/1.1\r\nHost: x\r\nContent-Length: ${'9'.repeat(30)}\r\n\r\n`,
    ],
    [
      'two Content-Lengths',
      'POST /api/tenants HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
    ],
    [
      'Content-Length beside chunks',
      'POST /api/tenants HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'an unknown Transfer-Encoding',
      'POST /api/tenants HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, x\r\n\r\n',
    ],
  ])('answers 400 to %s', async (_name, bytes) => {
    const answer = await client.sendBytes(bytes);
    expect(answer.status).toBe(400);
    expect(answer.problem.code).toBe('MALFORMED_REQUEST');
    expect(answer.everything).not.toContain(CANARY);
    expect(answer.header('connection')).toBe('close');
    expect(answer.header('content-length')).toBe(
      String(Buffer.byteLength(answer.text)),
    );
  });

  it.each([
    ['one long header', `X: ${'x'.repeat(20_000)}\r\n`],
    ['many headers', 'X: 12345678901234567890\r\n'.repeat(2_000)],
    ['a long cookie', `Cookie: vr_session=${CANARY.repeat(5_000)}\r\n`],
  ])('answers 431 to %s', async (_name, headers) => {
    const answer = await client.sendBytes(
      `GET /health HTTP/1.1\r\nHost: x\r\n${headers}\r\n`,
    );
    expect(answer.status).toBe(431);
    expect(answer.problem.status).toBe(431);
    expect(answer.everything).not.toContain(CANARY);
  });

  it.each([
    '/api/tenants',
    '/api/docs',
    '/health',
    '/health/ready',
    '/api/nothing',
  ])('answers 400 to two Host headers for %s', async (path) => {
    for (const hosts of [
      `Host: a\r\nHost: ${CANARY}\r\n`,
      'Host: x\r\nHost: x\r\n',
    ]) {
      const answer = await client.sendBytes(
        `GET ${path} HTTP/1.1\r\n${hosts}${authorization}${CLOSE}`,
      );
      expect([answer.status, answer.problem.code]).toEqual([
        400,
        'MALFORMED_REQUEST',
      ]);
      expect(answer.everything).not.toContain(CANARY);
    }
  });

  it('answers 400 to a request of HTTP/1.1 without a Host', async () => {
    for (const path of ['/api/tenants', '/health']) {
      const answer = await client.sendBytes(
        `GET ${path} HTTP/1.1\r\n${authorization}${CLOSE}`,
      );
      expect([answer.status, answer.problem.code]).toEqual([
        400,
        'MALFORMED_REQUEST',
      ]);
    }
  });

  it.each([
    '/health',
    '/health/live',
    '/health/ready',
    '/api/tenants',
    '/login',
  ])('answers HTTP/1.0, which has no Host, for %s', async (path) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await sendBytes(
        app.url,
        `${method} ${path} HTTP/1.0\r\n${authorization}\r\n`,
      );
      expect(answer.status).toBe(200);
    }
  });

  it('sees a second Host or Authorization behind thousands of headers', async () => {
    const many = 'x:\r\n'.repeat(3_000);
    const hosts = await client.sendBytes(
      `GET /api/tenants HTTP/1.1\r\nHost: x\r\n${authorization}${many}Host: y\r\n${CLOSE}`,
    );
    expect([hosts.status, hosts.problem.code]).toEqual([
      400,
      'MALFORMED_REQUEST',
    ]);
    const tokens = await client.sendBytes(
      `GET /api/tenants HTTP/1.1\r\nHost: x\r\n${authorization}${many}${authorization}${CLOSE}`,
    );
    expect([tokens.status, tokens.problem.code]).toEqual([
      401,
      'UNAUTHENTICATED',
    ]);
    const one = await sendBytes(
      app.url,
      `GET /api/tenants HTTP/1.1\r\nHost: x\r\n${many}${authorization}${CLOSE}`,
    );
    expect(one.status).toBe(200);
  });

  it('answers 415 to two Content-Types', async () => {
    const json = 'Content-Type: application/json\r\n';
    const answer = await client.sendBytes(
      `POST /api/tenants HTTP/1.1\r\nHost: x\r\n${authorization}${json}Content-Type: text/plain\r\nContent-Length: 2\r\n${CLOSE}{}`,
    );
    expect(answer.status).toBe(415);
  });

  it('shows two Host headers on a page as an error page', async () => {
    const answer = await sendBytes(
      app.url,
      `GET /login HTTP/1.1\r\nHost: a\r\nHost: b\r\n${CLOSE}`,
    );
    expect(answer.status).toBe(400);
    expect(answer.header('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.header('x-request-id')).toBeDefined();
  });

  it('answers 401 to two Authorization headers, even when both are the same good token', async () => {
    for (const second of [
      authorization,
      'Authorization: Bearer x\r\n',
      'authorization: Basic eDp5\r\n',
    ])
      for (const headers of [authorization + second, second + authorization]) {
        const answer = await client.sendBytes(
          `GET /api/tenants HTTP/1.1\r\nHost: x\r\n${headers}${CLOSE}`,
        );
        expect([answer.status, answer.problem.code]).toEqual([
          401,
          'UNAUTHENTICATED',
        ]);
      }
    const one = await sendBytes(
      app.url,
      `GET /api/tenants HTTP/1.1\r\nHost: x\r\n${authorization}${CLOSE}`,
    );
    expect(one.status).toBe(200);
  });

  it('answers with its own headers whatever Expect asks for', async () => {
    const answer = await client.sendBytes(
      `GET /api/nothing HTTP/1.1\r\nHost: x\r\nExpect: ${CANARY}\r\n${authorization}${CLOSE}`,
    );
    expect(answer.everything).not.toContain(CANARY);
    expect(answer.status).toBe(404);
  });

  it('invites the body of who asks by Expect: 100-continue', async () => {
    const answer = await sendRequest(app.url, {
      method: 'POST',
      path: '/api/tenants',
      headers: {
        authorization: `Bearer ${client.token}`,
        'content-type': 'application/json',
        expect: '100-continue',
      },
      body: '{"x":1}',
    });
    expect(answer.status).toBe(422);
  });

  it('treats a wish to upgrade as the request that it is', async () => {
    const answer = await sendBytes(
      app.url,
      `GET /api/tenants HTTP/1.1\r\nHost: x\r\n${authorization}Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`,
    );
    expect(answer.status).toBe(200);
  });

  it('does not answer CONNECT with anything of use', async () => {
    const answer = await sendBytes(
      app.url,
      `CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n`,
    );
    expect(answer.status === 200).toBe(false);
    expect(answer.everything).not.toContain('evil.example');
  });

  it('answers a body whose chunks break', async () => {
    const answer = await sendBytes(
      app.url,
      `POST /api/tenants HTTP/1.1\r\nHost: x\r\n${authorization}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n${CANARY}\r\n`,
    );
    expect(answer.status).toBe(400);
    expect(answer.problem.code).toBe('MALFORMED_REQUEST');
    expect(answer.everything).not.toContain(CANARY);
  });

  it('survives clients that hang up in the middle', async () => {
    for (const cut of [
      'POST /api/ten',
      `POST /api/tenants HTTP/1.1\r\nHost: x\r\n${authorization}Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{"user`,
    ])
      await hangUpAfter(app.url, cut);
    expect((await client.get('/health/ready')).status).toBe(200);
  });

  it('keeps answering in order on one connection', async () => {
    const { status, text } = await sendBytes(
      app.url,
      get('/api/nothing') + get('/health') + get('/api/tenants', true),
    );
    expect(status).toBe(404);
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  });

  it.each([
    ['only what cannot be had', { accept: 'text/plain' }, 200],
    ['an odd language', { 'accept-language': `${CANARY}, *;q=x, ;;;` }, 200],
    [
      'an endless language list',
      { 'accept-language': 'en;q=0.1,'.repeat(1_000) },
      200,
    ],
    [
      'odd cookies',
      {
        cookie: `a; =; vr_session=${CANARY}; vr_session=%zz; __proto__=x; vr_locale=en`,
      },
      200,
    ],
    ['a range', { range: 'bytes=0-1' }, 200],
    [
      'conditions',
      {
        'if-none-match': '"x"',
        'if-modified-since': 'Sat, 01 Jan 2050 00:00:00 GMT',
      },
      200,
    ],
  ])('is not put out by a request for %s', async (_name, headers, status) => {
    const answer = await client.get('/api/tenants', { headers });
    expect(answer.status).toBe(status);
    expect(answer.everything).not.toContain(CANARY);
  });

  it('ignores the language cookie and every other cookie in the API', async () => {
    const answer = await client.get('/api/nothing', {
      headers: { cookie: 'vr_locale=en; vr_session=x' },
    });
    expect(answer.header('content-language')).toBe('tr');
  });
});

async function hangUpAfter(url: string, text: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  await sleep(50);
  socket.destroy();
}
