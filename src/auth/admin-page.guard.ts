import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { actAs } from '../audit/audit-context.js';
import { SignInRequiredError } from './auth.errors.js';
import { CsrfService } from './csrf.service.js';
import { OPEN_TO_VISITORS, TOKEN_IN_UPLOAD } from './admin-page.decorators.js';
import { SessionCookies } from './sessions/session-cookies.js';
import { AdminSessionsService } from './sessions/admin-sessions.service.js';

/** Lets admins to the dashboard's pages; API tokens mean nothing here. Every form carries a CSRF token. */
@Injectable()
export class AdminPageGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: AdminSessionsService,
    private readonly cookies: SessionCookies,
    private readonly csrf: CsrfService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    this.csrf.assertSameOrigin(request);
    request.admin = await this.sessions.find(
      this.cookies.sessions('admin', request),
    );
    if (request.admin !== undefined) actAs(`admin:${request.admin.id}`);
    // Here and not later: an error page of this guard shows who is signed in, too.
    response.locals.adminName = request.admin?.username;
    const open = this.#isMarked(context, OPEN_TO_VISITORS);
    if (request.admin === undefined && !open) throw new SignInRequiredError();
    const visitors = open ? this.cookies.visitors(request, response) : [];
    const own = request.admin?.sessionId;
    response.locals.csrfToken = this.csrf.token(own ?? visitors[0] ?? '');
    // A form that is open to visitors keeps their token when they sign in in another tab.
    if (!this.#isMarked(context, TOKEN_IN_UPLOAD))
      this.csrf.assertToken(request, [own, ...visitors]);
    return true;
  }

  #isMarked(context: ExecutionContext, mark: symbol): boolean {
    const handler = context.getHandler();
    return this.reflector.get<boolean | undefined>(mark, handler) === true;
  }
}
