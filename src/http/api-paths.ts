import { posix } from 'node:path';
import type { NextFunction, Request, Response } from 'express';
import { RouteNotFoundError } from '../common/errors/common.errors.js';

const API = /^\/api(?:\/|$)/;
const HEALTH = /^\/health(?:\/|$)/;
const MAX_DECODINGS = 3;
/** A character of ASCII, encoded however many times. */
const ENCODED = /%(?:25)*([0-7][\da-f])/gi;

/** Whether a path is for programs, which are never answered with a page. */
export function isProgramPath(path: string): boolean {
  return HEALTH.test(path) || isSpelledApi(path);
}

/**
 * Refuses every spelling of an `/api` path but the one that it has: what a proxy in front takes for the API, and guards or
 * lets through as such, must not be a page here.
 */
export function oneApiSpelling(
  { path }: Request,
  _response: Response,
  next: NextFunction,
): void {
  if (!API.test(path) && isSpelledApi(path)) throw new RouteNotFoundError();
  next();
}

/** In capitals, percent-encoded, with more slashes, backslashes or dots. */
function isSpelledApi(path: string): boolean {
  return (
    API.test(path) ||
    API.test(posix.normalize(decoded(path).replaceAll('\\', '/')).toLowerCase())
  );
}

/** As whoever stands in front may read it, who may decode more than once and pass by what is broken. */
function decoded(path: string): string {
  let text = path;
  for (let round = 0; round < MAX_DECODINGS && text.includes('%'); round += 1)
    text = text.replaceAll(ENCODED, (_, hex: string) =>
      String.fromCharCode(parseInt(hex, 16)),
    );
  return text;
}
