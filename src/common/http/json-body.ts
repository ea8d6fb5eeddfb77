import { parse as parseContentType } from 'content-type';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import readBody from 'raw-body';
import {
  BodyTooLargeError,
  MalformedRequestError,
  UnsupportedMediaTypeError,
} from '../errors/common.errors.js';
import { BODY_LIMIT_BYTES } from './body-limit.js';

const DEEPEST_NESTING = 32;
const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Reads JSON bodies. Stricter than Express's own parser: only `application/json` in UTF-8, uncompressed;
 * bytes that are not UTF-8 are refused instead of replaced, and so is nesting that nobody needs.
 * An empty body is left undefined for validation to report.
 */
export function jsonBody(): RequestHandler {
  return async (request: Request, _response: Response, next: NextFunction) => {
    if (isWithoutBody(request)) refuseOnceRead(request);
    else if (METHODS_WITH_BODY.has(request.method)) {
      assertPlainJson(request);
      request.body = parseJson(decodeUtf8(await read(request)));
    }
    next();
  };
}

/** Neither a body nor a type for one. */
function isWithoutBody({ headers }: Request): boolean {
  return (
    headers['content-type'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    Number(headers['content-length'] ?? 0) === 0
  );
}

const withoutBody = new WeakSet<Request>();

/** The parsed body; undefined when none was sent, where a handler can do without. */
export function bodyIfAny(request: Request): unknown {
  return withoutBody.has(request) ? undefined : request.body;
}

/**
 * There is nothing to parse, so the answer is 401, 404 or 405 where it would be with any body;
 * only a handler that wants the body finds its type missing.
 */
function refuseOnceRead(request: Request): void {
  withoutBody.add(request);
  Object.defineProperty(request, 'body', {
    get: () => {
      throw new UnsupportedMediaTypeError();
    },
  });
}

function assertPlainJson({ headers }: Request): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (
    encoding.toLowerCase() !== 'identity' ||
    !isUtf8Json(headers['content-type'] ?? '')
  )
    throw new UnsupportedMediaTypeError();
}

function isUtf8Json(header: string): boolean {
  try {
    const { type, parameters } = parseContentType(header);
    return (
      type === 'application/json' &&
      (parameters.charset ?? 'utf-8').toLowerCase() === 'utf-8'
    );
  } catch {
    return false;
  }
}

async function read(request: Request): Promise<Buffer> {
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

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new MalformedRequestError();
  }
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  // The parser's own message quotes the body, so it goes nowhere.
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new MalformedRequestError();
  }
  if (isDeeperThan(body, DEEPEST_NESTING)) throw new MalformedRequestError();
  return body;
}

/** The root is level 1. Looks no further down than it has to. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (
    levels === 0 ||
    Object.values(value).some((inner) => isDeeperThan(inner, levels - 1))
  );
}
