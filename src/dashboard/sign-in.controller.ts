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
import { OpenToVisitors } from '../auth/page-access.decorators.js';
import { PageGuard } from '../auth/page.guard.js';
import { SessionCookies } from '../auth/sessions/session-cookies.js';
import { clientOf } from '../auth/sessions/session-client.js';
import { SessionsService } from '../auth/sessions/sessions.service.js';
import { SignInService } from '../auth/sign-in.service.js';
import { setFlash } from './flash.js';
import { formText } from './forms/form-text.js';
import { submitForm } from './forms/submit-form.js';
import { PageContextInterceptor } from './page-context.interceptor.js';

@ApiExcludeController()
@Controller()
@UseGuards(PageGuard)
@UseInterceptors(PageContextInterceptor)
export class SignInController {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionsService,
    private readonly cookies: SessionCookies,
  ) {}

  @Get('login')
  @OpenToVisitors()
  form(@Req() request: Request, @Res() response: Response): void {
    if (request.admin) response.redirect(303, '/');
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
      const cookie = await this.signIns.signIn(
        username,
        formText(form, 'password'),
        clientOf(request),
      );
      await this.#endSession(request);
      this.cookies.setSession(response, cookie);
      return '/';
    });
  }

  @Post('logout')
  async signOut(
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.#endSession(request);
    this.cookies.clearSession(response);
    setFlash(response, 'signedOut');
    response.redirect(303, '/login');
  }

  async #endSession(request: Request): Promise<void> {
    const cookie = this.cookies.session(request);
    if (cookie !== undefined) await this.sessions.end(cookie);
  }
}
