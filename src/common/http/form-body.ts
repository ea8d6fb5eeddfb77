import type { IncomingMessage } from 'node:http';
import express, { type RequestHandler } from 'express';
import { MalformedRequestError } from '../errors/common.errors.js';
import { BODY_LIMIT_BYTES } from './body-limit.js';

/** A list of 500 that are ticked, and what else a form has. */
const MOST_FIELDS = 600;

/** Reads the pages' forms. Bytes that are not UTF-8 are refused: the parser would replace them and store that. */
export function formBody(): RequestHandler {
  const parse = express.urlencoded({
    extended: false,
    inflate: false,
    limit: BODY_LIMIT_BYTES,
    parameterLimit: MOST_FIELDS,
    verify: assertUtf8,
  });
  return (request, response, next) =>
    request.method === 'POST' ? parse(request, response, next) : next();
}

function assertUtf8(
  _request: IncomingMessage,
  _response: unknown,
  body: Buffer,
): void {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body);
    decodeURIComponent(body.toString('utf8'));
  } catch {
    throw new MalformedRequestError();
  }
}
