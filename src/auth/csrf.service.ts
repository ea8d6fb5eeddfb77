import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AppConfig } from '../config/app-config.js';
import { Signer } from '../security/signer.js';
import { CsrfRejectedError } from './auth.errors.js';

const SAFE_METHODS = new Set(['GET', 'HEAD']);

/** Cross-site request forgery: the browser's own word on where a request comes from, then a token bound to the visitor. */
@Injectable()
export class CsrfService {
  constructor(
    private readonly config: AppConfig,
    private readonly signer: Signer,
  ) {}

  /** @param visitor the session id, or the visitor cookie before sign-in. */
  token(visitor: string): string {
    return this.signer.sign('csrf', visitor);
  }

  /** @throws CsrfRejectedError when a browser says that a request for a change comes from elsewhere. */
  assertSameOrigin(request: Request): void {
    if (!SAFE_METHODS.has(request.method) && !this.#isSameOrigin(request))
      throw new CsrfRejectedError();
  }

  /**
   * @param visitors any of them may have been given the form.
   * @throws CsrfRejectedError when a request for a change brings no token of theirs.
   */
  assertToken(
    { method, body }: Request,
    visitors: readonly (string | undefined)[],
  ): void {
    if (SAFE_METHODS.has(method)) return;
    const token = tokenIn(body);
    const given = visitors.some(
      (visitor) =>
        visitor !== undefined && this.signer.verify('csrf', visitor, token),
    );
    if (!given) throw new CsrfRejectedError();
  }

  /**
   * Whether a browser says that the request comes from one of our own pages
   * (https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html).
   * Where it says nothing, as old browsers do, the token decides alone.
   */
  #isSameOrigin({ headers }: Request): boolean {
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      return false;
    const { origin, host } = headers;
    if (origin === undefined || origin === this.config.publicUrl) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }
}

function tokenIn(form: unknown): string {
  return typeof form === 'object' &&
    form !== null &&
    '_csrf' in form &&
    typeof form._csrf === 'string'
    ? form._csrf
    : '';
}
