import type { Response } from 'express';
import type { ListRows } from '../common/in-pieces.js';
import { sendStream } from './send-stream.js';

/** Sends rows as one JSON array, at once or, if there is too much of them, at the pace of their reader. */
export async function sendList<T>(
  response: Response,
  { first, others }: ListRows<T>,
): Promise<void> {
  if (others === undefined) response.json(first);
  else if (response.req.method === 'HEAD') response.type('json').end();
  else await sendStream(response.type('json'), jsonArray(first, others));
}

async function* jsonArray<T>(
  first: T[],
  others: AsyncIterable<T[]>,
): AsyncGenerator<Buffer> {
  let sign = '[';
  for (const rows of [first]) if (rows.length > 0) yield elements(rows);
  for await (const rows of others) if (rows.length > 0) yield elements(rows);
  yield Buffer.from(sign === '[' ? '[]' : ']');

  function elements(rows: T[]): Buffer {
    const text = sign + rows.map((row) => JSON.stringify(row)).join(',');
    sign = ',';
    return Buffer.from(text);
  }
}
