import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express, Request, Response } from 'express';
import { afterEach, expect, it } from 'vitest';
import { HttpAdapter } from './http-adapter.js';

let server: Server;
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

function prototypesOf(...messages: object[]): unknown[] {
  return messages.map((message): unknown => Object.getPrototypeOf(message));
}

async function ask(
  answer: (request: Request, response: Response) => void,
): Promise<globalThis.Response> {
  const adapter = new HttpAdapter(100);
  adapter.initHttpServer();
  adapter.getInstance<Express>().get('/', answer);
  server = adapter.getHttpServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}/?q=1`);
}

it('leaves Express no prototype to change', async () => {
  let born: unknown[] = [];
  let answered: unknown[] = [];
  const asked = ask((request, response) => {
    answered = prototypesOf(request, response);
    response.end();
  });
  server.prependListener('request', (request, response) => {
    born = prototypesOf(request, response);
  });
  await asked;
  expect(answered).toHaveLength(2);
  expect(answered[0]).toBe(born[0]);
  expect(answered[1]).toBe(born[1]);
});

it("has Express's requests and responses", async () => {
  const answer = await ask((request, response) => {
    response
      .status(201)
      .json({ query: request.query.q, same: request.app === response.app });
  });
  expect(answer.status).toBe(201);
  expect(await answer.json()).toEqual({ query: '1', same: true });
});
