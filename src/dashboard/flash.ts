import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import { cookieOptions } from './cookie-options.js';

const COOKIE = 'flash';
const FLASHES = [
  'created',
  'saved',
  'deleted',
  'signedOut',
  'passwordChanged',
  'sessionEnded',
  'sessionsEnded',
  'adminCreated',
  'adminDisabled',
  'adminEnabled',
  'tokenRevoked',
] as const;

/** What the next page says has just been done. Only these words travel; the text is the page's. */
export type Flash = (typeof FLASHES)[number];

export function setFlash(response: Response, flash: Flash): void {
  response.cookie(COOKIE, flash, {
    ...cookieOptions(response),
    maxAge: 60_000,
  });
}

/** Reads the message and takes it away, so that it is shown once. */
export function takeFlash(
  request: Request,
  response: Response,
): Flash | undefined {
  const value = parseCookie(request.headers.cookie ?? '')[COOKIE];
  if (value === undefined) return undefined;
  response.clearCookie(COOKIE, cookieOptions(response));
  return FLASHES.find((flash) => flash === value);
}
