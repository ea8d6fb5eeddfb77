import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  BodyTooLargeError,
  MalformedRequestError,
} from '../common/errors/common.errors.js';

/**
 * SHA-256 of a body that is read for nothing else.
 * @param source not destroyed, so that its connection can still carry the answer.
 * @throws BodyTooLargeError, MalformedRequestError when the stream breaks.
 */
export async function digestOf(
  source: Readable,
  maxBytes: number,
): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    // A request's chunks are bytes; a `Readable` does not tell.
    const chunks = source.iterator({ destroyOnReturn: false }) as AsyncIterable<
      Buffer | string
    >;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new BodyTooLargeError();
      hash.update(chunk);
    }
  } catch (error) {
    throw error instanceof BodyTooLargeError
      ? error
      : new MalformedRequestError('', { cause: error });
  }
  return hash.digest('base64url');
}
