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
import { ChangePasswordDto } from '../../../auth/admins/change-password.dto.js';
import { AdminPasswordChangeService } from '../../../auth/admin-password-change.service.js';
import { CurrentAdmin } from '../../../auth/admin-page.decorators.js';
import { AdminPageGuard } from '../../../auth/admin-page.guard.js';
import { clientOf } from '../../../auth/sessions/session-client.js';
import { SessionCookies } from '../../../auth/sessions/session-cookies.js';
import {
  type AdminPrincipal,
  AdminSessionsService,
} from '../../../auth/sessions/admin-sessions.service.js';
import { accountPage } from './account.page.js';
import { setFlash } from '../../kit/flash.js';
import { formText } from '../../kit/forms/form-text.js';
import { changePasswordDto } from '../../kit/forms/password-form.js';
import { submitForm } from '../../kit/forms/submit-form.js';
import { PageContextInterceptor } from '../../kit/page-context.interceptor.js';

/** What an admin may do to the own account. */
@ApiExcludeController()
@Controller('account')
@UseGuards(AdminPageGuard)
@UseInterceptors(PageContextInterceptor)
export class AccountPagesController {
  constructor(
    private readonly passwords: AdminPasswordChangeService,
    private readonly sessions: AdminSessionsService,
    private readonly cookies: SessionCookies,
  ) {}

  @Get()
  async show(
    @CurrentAdmin() admin: AdminPrincipal,
    @Res() response: Response,
  ): Promise<void> {
    response.render('account/show', await this.#page(admin));
  }

  @Post()
  async changePassword(
    @CurrentAdmin() admin: AdminPrincipal,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = {
      view: 'account/show',
      model: await this.#page(admin),
      focus: 'current_password',
    };
    await submitForm(response, page, async () => {
      const cookies = await this.passwords.change(
        admin,
        changePasswordDto(ChangePasswordDto, form),
        clientOf(request),
        this.cookies.devices(request),
      );
      this.cookies.signedIn('admin', response, cookies);
      setFlash(response, 'passwordChanged');
      return '/account';
    });
  }

  @Post('sessions/end')
  async endSession(
    @CurrentAdmin() admin: AdminPrincipal,
    @Body() form: unknown,
    @Res() response: Response,
  ): Promise<void> {
    await this.sessions.endOne(admin.id, formText(form, 'session'));
    setFlash(response, 'sessionEnded');
    response.redirect(303, '/account');
  }

  @Post('sessions/end-others')
  async endOtherSessions(
    @CurrentAdmin() admin: AdminPrincipal,
    @Res() response: Response,
  ): Promise<void> {
    await this.sessions.endOthers(admin);
    setFlash(response, 'sessionsEnded');
    response.redirect(303, '/account');
  }

  async #page(admin: AdminPrincipal): Promise<object> {
    return accountPage(admin, await this.sessions.list(admin));
  }
}
