import type { Request, Response } from 'express';
import { cookieValues } from '../../http/cookie-values.js';
import { cookieOptions } from './cookie-options.js';

const COOKIE = 'vr_flash';
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
  'suspended',
  'activated',
  'manySuspended',
  'someSuspended',
  'manyActivated',
  'someActivated',
  'noneSelected',
  'restored',
  'purged',
] as const;
const PATTERN = /^(\w+)((?:\.\d{1,9})*)$/;

/** What the next page says has just been done. Only these words and numbers travel; the text is the page's. */
export type FlashName = (typeof FLASHES)[number];

export interface Flash {
  name: FlashName;
  numbers: number[];
}

export function setFlash(
  response: Response,
  name: FlashName,
  ...numbers: number[]
): void {
  response.cookie(COOKIE, [name, ...numbers].join('.'), {
    ...cookieOptions(response),
    maxAge: 60_000,
  });
}

/** Reads the message and takes it away, so that it is shown once. */
export function takeFlash(
  request: Request,
  response: Response,
): Flash | undefined {
  const values = cookieValues(request, COOKIE);
  if (values.length === 0) return undefined;
  response.clearCookie(COOKIE, cookieOptions(response));
  return values.map(flashIn).find((flash) => flash !== undefined);
}

function flashIn(value: string): Flash | undefined {
  const [, word, digits = ''] = PATTERN.exec(value) ?? [];
  const name = FLASHES.find((flash) => flash === word);
  if (name === undefined) return undefined;
  return { name, numbers: digits.split('.').slice(1).map(Number) };
}
