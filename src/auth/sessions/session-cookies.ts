import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { cookieValues } from '../../http/cookie-values.js';
import { AppConfig } from '../../config/app-config.js';
import { DEVICE_LIFETIME_MS } from '../known-devices.js';
import type { SessionKind } from './session-kind.js';

/** What a browser is given when an account is opened. */
export interface SignInCookies {
  session: string;
  /** By which the browser is known to the account from now on. */
  device: string;
}

/** The cookies of sessions and known browsers, and before sign-in a visitor id that the form's CSRF token is bound to. */
@Injectable()
export class SessionCookies {
  readonly #options: CookieOptions;
  readonly #names: Record<SessionKind | 'visitor' | 'device', string>;

  constructor({ publicUrl }: AppConfig) {
    const secure = publicUrl.startsWith('https:');
    // `__Host-` makes browsers refuse the cookie from a subdomain or over http.
    // The rest keeps our names apart from those of other programs on the same host, where cookies know no ports.
    const prefix = secure ? '__Host-vr_' : 'vr_';
    this.#options = { httpOnly: true, sameSite: 'lax', path: '/', secure };
    this.#names = {
      admin: `${prefix}session`,
      tenant: `${prefix}tenant_session`,
      visitor: `${prefix}visitor`,
      device: `${prefix}device`,
    };
  }

  /** All values that came: only one of them is ours. */
  sessions(kind: SessionKind, request: Request): string[] {
    return cookieValues(request, this.#names[kind]);
  }

  devices(request: Request): string[] {
    return cookieValues(request, this.#names.device);
  }

  signedIn(
    kind: SessionKind,
    response: Response,
    { session, device }: SignInCookies,
  ): void {
    response.cookie(this.#names[kind], session, this.#options);
    response.cookie(this.#names.device, device, {
      ...this.#options,
      maxAge: DEVICE_LIFETIME_MS,
    });
  }

  clearSession(kind: SessionKind, response: Response): void {
    response.clearCookie(this.#names[kind], this.#options);
  }

  /** The visitor's ids; a newcomer is given one. */
  visitors(request: Request, response: Response): string[] {
    const known = cookieValues(request, this.#names.visitor).filter(
      (value) => value !== '',
    );
    if (known.length > 0) return known;
    const visitor = randomBytes(16).toString('base64url');
    response.cookie(this.#names.visitor, visitor, this.#options);
    return [visitor];
  }
}
