import { once } from 'node:events';
import {
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
} from 'node:http';
import { connect } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { Answer } from './answer.js';

export interface RawRequest {
  method?: string;
  /** Sent as it is: neither normalised nor encoded. */
  path: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
}

/** Sends a request through `node:http`, which changes less of it than `fetch`. */
export async function sendRequest(
  url: string,
  { method = 'GET', path, headers = {}, body }: RawRequest,
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const chunked = Object.hasOwn(headers, 'transfer-encoding');
  const length = body === undefined ? undefined : Buffer.byteLength(body);
  const outgoing = request({
    hostname,
    port,
    method,
    path,
    headers: {
      ...(length !== undefined && !chunked && { 'content-length': length }),
      ...headers,
    },
  });
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  outgoing.end(body);
  const [incoming] = await answered;
  // A refused body may still be on its way when the answer is here.
  outgoing.on('error', () => undefined);
  return new Answer(
    incoming.statusCode ?? 0,
    incoming.headers,
    await readText(incoming),
  );
}

/** Writes bytes to a socket of its own and reads what comes back until the service closes it. */
export async function sendBytes(
  url: string,
  bytes: string | Buffer,
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(bytes);
  return parseAnswer(await readText(socket));
}

/** @param bytes of an answer that ends with its connection, as a text. */
export function parseAnswer(bytes: string): Answer {
  const [head = '', ...body] = bytes.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return new Answer(
    Number(statusLine.split(' ')[1]),
    headers,
    body.join('\r\n\r\n'),
  );
}
