import {
  Body,
  Controller,
  Get,
  Post,
  Render,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { AdminsService } from '../../../auth/admins/admins.service.js';
import { CreateAdminDto } from '../../../auth/admins/create-admin.dto.js';
import { CurrentAdmin } from '../../../auth/admin-page.decorators.js';
import { AdminPageGuard } from '../../../auth/admin-page.guard.js';
import type { AdminPrincipal } from '../../../auth/sessions/admin-sessions.service.js';
import { isoOf } from '../../../common/iso-of.js';
import { validateDto } from '../../../common/validation/validate-dto.js';
import { setFlash } from '../../kit/flash.js';
import { formText } from '../../kit/forms/form-text.js';
import { submitForm } from '../../kit/forms/submit-form.js';
import { PageContextInterceptor } from '../../kit/page-context.interceptor.js';
import { PathId } from '../../kit/path-id.decorator.js';

/** Who may sign in to the dashboard. */
@ApiExcludeController()
@Controller('admins')
@UseGuards(AdminPageGuard)
@UseInterceptors(PageContextInterceptor)
export class AdminPagesController {
  constructor(private readonly admins: AdminsService) {}

  @Get()
  @Render('admins/list')
  async list(@CurrentAdmin() self: AdminPrincipal): Promise<object> {
    const admins = await this.admins.list();
    return {
      admins: admins.map((admin) => ({
        id: admin.id,
        username: admin.username,
        active: admin.active,
        self: admin.id === self.id,
        createdAt: isoOf(admin.createdAt),
        lastSignedInAt: isoOf(admin.lastSignedInAt),
      })),
    };
  }

  @Get('new')
  @Render('admins/new')
  new(): object {
    return { values: {}, errors: {} };
  }

  @Post('new')
  async create(
    @Body() form: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const username = formText(form, 'username');
    const page = { view: 'admins/new', model: { values: { username } } };
    await submitForm(response, page, async () => {
      const password = formText(form, 'password');
      await this.admins.create(
        validateDto(
          CreateAdminDto,
          { username, password },
          { unknown: 'refuse' },
        ),
      );
      setFlash(response, 'adminCreated');
      return '/admins';
    });
  }

  @Get(':id/disable')
  @Render('admins/disable')
  async confirmDisable(
    @PathId() id: number,
    @CurrentAdmin() self: AdminPrincipal,
  ): Promise<object> {
    const { username } = await this.admins.get(id);
    return { id, username, self: id === self.id };
  }

  @Post(':id/disable')
  async disable(
    @PathId() id: number,
    @CurrentAdmin() self: AdminPrincipal,
    @Res() response: Response,
  ): Promise<void> {
    await this.admins.disable(id, self.id);
    setFlash(response, 'adminDisabled');
    response.redirect(303, '/admins');
  }

  @Post(':id/enable')
  async enable(@PathId() id: number, @Res() response: Response): Promise<void> {
    await this.admins.enable(id);
    setFlash(response, 'adminEnabled');
    response.redirect(303, '/admins');
  }
}
