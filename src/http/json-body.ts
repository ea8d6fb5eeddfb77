import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { UnsupportedMediaTypeError } from '../common/errors/common.errors.js';
import { assertPlainText } from './plain-text.js';
import { parseJsonBytes } from './parse-json.js';
import type { BodyBudget } from './body-budget.js';
import { readBytes } from './read-bytes.js';
import { readAwayOnceAnswered } from './streamed-body.js';

const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Reads JSON bodies. Stricter than Express's own parser: only `application/json` in UTF-8, uncompressed;
 * bytes that are not UTF-8 are refused instead of replaced, and so is nesting that nobody needs.
 * An empty body is left undefined for validation to report.
 * @param budget what all bodies hold together.
 * @param isStreamed names the requests whose body a handler reads by itself.
 */
export function jsonBody(
  budget: BodyBudget,
  isStreamed: (request: Request) => boolean,
): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (isStreamed(request)) readAwayOnceAnswered(request, response);
    else if (isWithoutBody(request)) refuseOnceRead(request);
    else if (METHODS_WITH_BODY.has(request.method)) {
      return parse(request, response, next, budget);
    }
    next();
    return undefined;
  };
}

async function parse(
  request: Request,
  response: Response,
  next: NextFunction,
  budget: BodyBudget,
): Promise<void> {
  assertPlainText(request, ['application/json']);
  request.body = parseJsonBytes(await readBytes(request, response, budget));
  next();
}

/** Neither a body nor a type for one. */
function isWithoutBody({ headers }: Request): boolean {
  return (
    headers['content-type'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    Number(headers['content-length'] ?? 0) === 0
  );
}

/** The same for all requests: a getter of its own would give each request a hidden class of its own. */
const NO_BODY: PropertyDescriptor = {
  get: () => {
    throw new UnsupportedMediaTypeError();
  },
};

/** The parsed body; undefined when none was sent, where a handler can do without. */
export function bodyIfAny(request: Request): unknown {
  const body = Object.getOwnPropertyDescriptor(request, 'body');
  return body?.get === NO_BODY.get ? undefined : request.body;
}

/**
 * There is nothing to parse, so the answer is 401, 404 or 405 where it would be with any body;
 * only a handler that wants the body finds its type missing.
 */
function refuseOnceRead(request: Request): void {
  Object.defineProperty(request, 'body', NO_BODY);
}
