import { finished } from 'node:stream';
import type { Request, Response } from 'express';
import {
  BodyTooLargeError,
  MalformedRequestError,
  UnavailableError,
} from '../common/errors/common.errors.js';
import type { BodyBudget, BodyShare } from './body-budget.js';
import { BODY_LIMIT_BYTES } from './body-limit.js';
import { clientAddress, networkOf } from './client-address.js';
import { readAwayOnceAnswered } from './streamed-body.js';

/** For a whole body; the largest then comes at 17 KB/s. */
const MAX_BODY_MS = 30_000;
const RETRY_AFTER_SECONDS = 5;

/**
 * Reads a whole body of at most `BODY_LIMIT_BYTES`.
 * @throws BodyTooLargeError, MalformedRequestError when it breaks off or comes too slowly, UnavailableError when too many are
 * being received.
 */
export async function readBytes(
  request: Request,
  response: Response,
  budget: BodyBudget,
): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES)
    throw new BodyTooLargeError();
  const share = budget.open(networkOf(clientAddress(request) ?? ''));
  try {
    return await collect(request, share);
  } catch (error) {
    readAwayOnceAnswered(request, response);
    throw error;
  } finally {
    share.end();
  }
}

function collect(request: Request, share: BodyShare): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const leave = (): void => {
      clearTimeout(late);
      forget();
      request.off('data', keep).pause();
    };
    const refuse = (error: Error): void => {
      leave();
      reject(error);
    };
    const keep = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > BODY_LIMIT_BYTES) refuse(new BodyTooLargeError());
      else if (share.take(chunk.length)) chunks.push(chunk);
      else refuse(new UnavailableError(RETRY_AFTER_SECONDS));
    };
    const late = setTimeout(
      () => refuse(new MalformedRequestError('the sender is too slow')),
      MAX_BODY_MS,
    );
    const forget = finished(request, { writable: false }, (cause) => {
      leave();
      if (cause) reject(new MalformedRequestError('', { cause }));
      else resolve(Buffer.concat(chunks, length));
    });
    request.on('data', keep);
  });
}
