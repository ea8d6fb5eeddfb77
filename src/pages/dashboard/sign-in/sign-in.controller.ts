import {
  Body,
  Controller,
  Get,
  Post,
  Req,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { OpenToVisitors } from '../../../auth/admin-page.decorators.js';
import { AdminPageGuard } from '../../../auth/admin-page.guard.js';
import type { SessionKind } from '../../../auth/sessions/session-kind.js';
import { SessionCookies } from '../../../auth/sessions/session-cookies.js';
import { clientOf } from '../../../auth/sessions/session-client.js';
import { AdminSessionsService } from '../../../auth/sessions/admin-sessions.service.js';
import { SignInService } from '../../../sign-in/sign-in.service.js';
import { TenantSessionsService } from '../../../tenant-auth/sessions/tenant-sessions.service.js';
import { setFlash } from '../../kit/flash.js';
import { formText } from '../../kit/forms/form-text.js';
import { submitForm } from '../../kit/forms/submit-form.js';
import { PageContextInterceptor } from '../../kit/page-context.interceptor.js';

const HOME: Record<SessionKind, string> = { admin: '/', tenant: '/panel' };

/** One form for admins and tenants. */
@ApiExcludeController()
@Controller()
@UseGuards(AdminPageGuard)
@UseInterceptors(PageContextInterceptor)
export class SignInController {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: AdminSessionsService,
    private readonly tenantSessions: TenantSessionsService,
    private readonly cookies: SessionCookies,
  ) {}

  @Get('login')
  @OpenToVisitors()
  async form(
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    if (request.admin) response.redirect(303, HOME.admin);
    else if (await this.#isTenant(request)) response.redirect(303, HOME.tenant);
    else response.render('sign-in/login', { values: {}, focus: 'username' });
  }

  @Post('login')
  @OpenToVisitors()
  async signIn(
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const username = formText(form, 'username');
    const page = {
      view: 'sign-in/login',
      model: { values: { username } },
      focus: 'password',
    };
    await submitForm(response, page, async () => {
      const { kind, ...cookies } = await this.signIns.signIn(
        username,
        formText(form, 'password'),
        clientOf(request),
        this.cookies.devices(request),
      );
      await this.#endSessions(request, response, kind);
      this.cookies.signedIn(kind, response, cookies);
      return HOME[kind];
    });
  }

  @Post('logout')
  async signOut(
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.#endSessions(request, response);
    setFlash(response, 'signedOut');
    response.redirect(303, '/login');
  }

  async #isTenant(request: Request): Promise<boolean> {
    const cookies = this.cookies.sessions('tenant', request);
    return (await this.tenantSessions.find(cookies)) !== undefined;
  }

  /**
   * Of both kinds: a browser is signed in as one account.
   * @param next the kind whose cookie is about to be set.
   */
  async #endSessions(
    request: Request,
    response: Response,
    next?: SessionKind,
  ): Promise<void> {
    const services = { admin: this.sessions, tenant: this.tenantSessions };
    for (const kind of ['admin', 'tenant'] as const) {
      const cookies = this.cookies.sessions(kind, request);
      for (const cookie of cookies) await services[kind].end(cookie);
      if (cookies.length > 0 && kind !== next)
        this.cookies.clearSession(kind, response);
    }
  }
}
