import type { Request } from 'express';
import readBody from 'raw-body';
import {
  BodyTooLargeError,
  MalformedRequestError,
} from '../errors/common.errors.js';
import { BODY_LIMIT_BYTES } from './body-limit.js';

/**
 * Reads a whole body of at most `BODY_LIMIT_BYTES`.
 * @throws BodyTooLargeError, MalformedRequestError when it breaks off.
 */
export async function readBytes(request: Request): Promise<Buffer> {
  try {
    return await readBody(request, {
      limit: BODY_LIMIT_BYTES,
      length: request.headers['content-length'],
    });
  } catch (error) {
    const tooLarge =
      error instanceof Error &&
      'type' in error &&
      error.type === 'entity.too.large';
    throw tooLarge
      ? new BodyTooLargeError()
      : new MalformedRequestError('', { cause: error });
  }
}
