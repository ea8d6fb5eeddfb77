import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { AppConfig } from '../../config/app-config.js';

/** Whose session: each kind has a cookie of its own. */
export type SessionKind = 'admin' | 'tenant';

/** The cookies of sessions, and before sign-in a visitor id that the sign-in form's CSRF token is bound to. */
@Injectable()
export class SessionCookies {
  readonly #options: CookieOptions;
  readonly #names: Record<SessionKind | 'visitor', string>;

  constructor({ publicUrl }: AppConfig) {
    const secure = publicUrl.startsWith('https:');
    // `__Host-` makes browsers refuse the cookie from a subdomain or over http.
    const prefix = secure ? '__Host-' : '';
    this.#options = { httpOnly: true, sameSite: 'lax', path: '/', secure };
    this.#names = {
      admin: `${prefix}session`,
      tenant: `${prefix}tenant_session`,
      visitor: `${prefix}visitor`,
    };
  }

  session(kind: SessionKind, request: Request): string | undefined {
    return this.#read(kind, request);
  }

  setSession(kind: SessionKind, response: Response, value: string): void {
    response.cookie(this.#names[kind], value, this.#options);
  }

  clearSession(kind: SessionKind, response: Response): void {
    response.clearCookie(this.#names[kind], this.#options);
  }

  /** The visitor's id; a newcomer is given one. */
  visitor(request: Request, response: Response): string {
    const known = this.#read('visitor', request);
    if (known !== undefined && known !== '') return known;
    const visitor = randomBytes(16).toString('base64url');
    response.cookie(this.#names.visitor, visitor, this.#options);
    return visitor;
  }

  #read(cookie: SessionKind | 'visitor', request: Request): string | undefined {
    return parseCookie(request.headers.cookie ?? '')[this.#names[cookie]];
  }
}
