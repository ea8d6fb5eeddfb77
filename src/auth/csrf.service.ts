import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AppConfig } from '../config/app-config.js';
import { Signer } from '../security/signer.js';

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

  isTokenOf(visitor: string, token: unknown): boolean {
    return (
      typeof token === 'string' && this.signer.verify('csrf', visitor, token)
    );
  }

  /**
   * Whether a browser says that the request comes from one of our own pages
   * (https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html).
   * Where it says nothing, as old browsers do, the token decides alone.
   */
  isSameOrigin({ headers }: Request): boolean {
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      return false;
    const { origin, host } = headers;
    if (origin === undefined || origin === this.config.publicUrl) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }
}
