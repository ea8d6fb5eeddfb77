import { parse as parseQuery } from 'node:querystring';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import {
  BodyTooLargeError,
  MalformedRequestError,
} from '../common/errors/common.errors.js';
import type { BodyBudget } from './body-budget.js';
import { assertPlainText, mediaTypeOf } from './plain-text.js';
import { readBytes } from './read-bytes.js';

const FORM = 'application/x-www-form-urlencoded';

/** A list of 500 that are ticked, and what else a form has. */
const MAX_FIELDS = 600;

/**
 * Reads the pages' forms. Express's own parser loads the tables of all character sets at its first form, which fails where no
 * file can be opened, and would replace bytes that are not UTF-8 and have that stored.
 * @param budget what all bodies hold together.
 */
export function formBody(budget: BodyBudget): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) =>
    request.method === 'POST' && mediaTypeOf(request) === FORM
      ? read(request, response, next, budget)
      : next();
}

async function read(
  request: Request,
  response: Response,
  next: NextFunction,
  budget: BodyBudget,
): Promise<void> {
  assertPlainText(request, [FORM]);
  const text = decode(await readBytes(request, response, budget));
  // One more than `&`, and none is made before they are counted.
  if (text.split('&', MAX_FIELDS + 1).length > MAX_FIELDS)
    throw new BodyTooLargeError();
  request.body = { ...parseQuery(text, '&', '=', { maxKeys: 0 }) };
  next();
}

/** @throws MalformedRequestError for bytes that are not UTF-8, percent-encoded ones too. */
function decode(body: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    decodeURIComponent(text);
    return text;
  } catch {
    throw new MalformedRequestError();
  }
}
