import type { Response } from 'express';
import type { Pieces } from '../common/in-pieces.js';
import { sendStream } from './send-stream.js';

/** Rows, or the JSON array that they are. */
type Piece = readonly unknown[] | Buffer;

/** Sends pieces as one JSON array, at once or, if there is too much of them, at the pace of their reader. */
export async function sendList(
  response: Response,
  { first, others }: Pieces<Piece>,
): Promise<void> {
  response.type('json');
  if (others === undefined) response.send(jsonOf(first));
  else if (response.req.method === 'HEAD') response.end();
  else await sendStream(response, joined(first, others));
}

function jsonOf(piece: Piece): Buffer {
  return Buffer.isBuffer(piece) ? piece : Buffer.from(JSON.stringify(piece));
}

async function* joined(
  first: Piece,
  others: AsyncIterable<Piece>,
): AsyncGenerator<Buffer> {
  let sign = '[';
  for (const piece of [first]) yield* elements(piece);
  for await (const piece of others) yield* elements(piece);
  yield Buffer.from(sign === '[' ? '[]' : ']');

  function* elements(piece: Piece): Generator<Buffer> {
    const inside = jsonOf(piece).subarray(1, -1);
    if (inside.length === 0) return;
    yield Buffer.concat([Buffer.from(sign), inside]);
    sign = ',';
  }
}
