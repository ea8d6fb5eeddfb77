import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { AppConfig } from '../../config/app-config.js';

/** The dashboard's cookies: the session, and before sign-in a visitor id that the sign-in form's CSRF token is bound to. */
@Injectable()
export class SessionCookies {
  readonly #options: CookieOptions;
  readonly #session: string;
  readonly #visitor: string;

  constructor({ publicUrl }: AppConfig) {
    const secure = publicUrl.startsWith('https:');
    // `__Host-` makes browsers refuse the cookie from a subdomain or over http.
    const prefix = secure ? '__Host-' : '';
    this.#options = { httpOnly: true, sameSite: 'lax', path: '/', secure };
    this.#session = `${prefix}session`;
    this.#visitor = `${prefix}visitor`;
  }

  session(request: Request): string | undefined {
    return parseCookie(request.headers.cookie ?? '')[this.#session];
  }

  setSession(response: Response, value: string): void {
    response.cookie(this.#session, value, this.#options);
  }

  clearSession(response: Response): void {
    response.clearCookie(this.#session, this.#options);
  }

  /** The visitor's id; a newcomer is given one. */
  visitor(request: Request, response: Response): string {
    const known = parseCookie(request.headers.cookie ?? '')[this.#visitor];
    if (known !== undefined && known !== '') return known;
    const visitor = randomBytes(16).toString('base64url');
    response.cookie(this.#visitor, visitor, this.#options);
    return visitor;
  }
}
