import {
  Body,
  Controller,
  Get,
  Post,
  Render,
  Req,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { clientOf } from '../../auth/sessions/session-client.js';
import { SessionCookies } from '../../auth/sessions/session-cookies.js';
import { setFlash } from '../kit/flash.js';
import { changePasswordDto } from '../kit/forms/password-form.js';
import { submitForm } from '../kit/forms/submit-form.js';
import { switchLanguage } from '../kit/language.js';
import { PageContextInterceptor } from '../kit/page-context.interceptor.js';
import { ChangeTenantPasswordDto } from '../../tenant-auth/change-tenant-password.dto.js';
import {
  type TenantPrincipal,
  TenantSessionsService,
} from '../../tenant-auth/sessions/tenant-sessions.service.js';
import {
  CurrentTenant,
  OpenToSuspended,
} from '../../tenant-auth/tenant-page.decorators.js';
import { TenantPageGuard } from '../../tenant-auth/tenant-page.guard.js';
import { TenantPasswordChangeService } from '../../tenant-auth/tenant-password-change.service.js';

/** What a tenant may do to its own account. */
@ApiExcludeController()
@Controller('panel')
@UseGuards(TenantPageGuard)
@UseInterceptors(PageContextInterceptor)
export class PanelAccountController {
  constructor(
    private readonly passwords: TenantPasswordChangeService,
    private readonly sessions: TenantSessionsService,
    private readonly cookies: SessionCookies,
  ) {}

  @Get('password')
  @Render('panel/password')
  passwordForm(@CurrentTenant() { username }: TenantPrincipal): object {
    return { username, errors: {} };
  }

  @Post('password')
  async changePassword(
    @CurrentTenant() self: TenantPrincipal,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = {
      view: 'panel/password',
      model: { username: self.username },
      focus: 'current_password',
    };
    await submitForm(response, page, async () => {
      const dto = changePasswordDto(ChangeTenantPasswordDto, form);
      const cookies = await this.passwords.change(
        self,
        dto,
        clientOf(request),
        this.cookies.devices(request),
      );
      this.cookies.signedIn('tenant', response, cookies);
      setFlash(response, 'passwordChanged');
      return '/panel/password';
    });
  }

  @Post('logout')
  @OpenToSuspended()
  async signOut(
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    for (const cookie of this.cookies.sessions('tenant', request))
      await this.sessions.end(cookie);
    this.cookies.clearSession('tenant', response);
    setFlash(response, 'signedOut');
    response.redirect(303, '/login');
  }

  /** Beside `/language`, whose CSRF tokens are those of admins and visitors. */
  @Post('language')
  @OpenToSuspended()
  changeLanguage(@Body() form: unknown, @Res() response: Response): void {
    switchLanguage(form, response);
  }
}
