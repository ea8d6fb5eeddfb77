import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { actAs } from '../audit/audit-context.js';
import { SignInRequiredError } from '../auth/auth.errors.js';
import { CsrfService } from '../auth/csrf.service.js';
import { SessionCookies } from '../auth/sessions/session-cookies.js';
import { TenantSuspendedError } from '../tenants/tenant.errors.js';
import { TenantSessionsService } from './sessions/tenant-sessions.service.js';
import { OPEN_TO_SUSPENDED } from './tenant-page.decorators.js';

/** Lets tenants to their own panel; admins' sessions and API tokens mean nothing here. Every form carries a CSRF token. */
@Injectable()
export class TenantPageGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: TenantSessionsService,
    private readonly cookies: SessionCookies,
    private readonly csrf: CsrfService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    this.csrf.assertSameOrigin(request);
    const tenant = await this.sessions.find(
      this.cookies.sessions('tenant', request),
    );
    if (tenant === undefined) throw new SignInRequiredError();
    request.tenant = tenant;
    actAs(`tenant:${tenant.id}`);
    // Here and not later: an error page of this guard shows who is signed in, too.
    response.locals.tenantName = tenant.businessName;
    response.locals.csrfToken = this.csrf.token(tenant.sessionId);
    this.csrf.assertToken(request, [tenant.sessionId]);
    if (tenant.suspended && !this.#isOpenToSuspended(context))
      throw new TenantSuspendedError();
    return true;
  }

  #isOpenToSuspended(context: ExecutionContext): boolean {
    return (
      this.reflector.get<boolean | undefined>(
        OPEN_TO_SUSPENDED,
        context.getHandler(),
      ) === true
    );
  }
}
