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
import { AdminPageGuard } from '../../../auth/admin-page.guard.js';
import { TenantId } from '../../../tenants/tenant-id.decorator.js';
import { TenantStatusService } from '../../../tenants/tenant-status.service.js';
import { TenantsService } from '../../../tenants/tenants.service.js';
import { setFlash } from '../../kit/flash.js';
import { seenVersions, unlessChanged } from '../../kit/forms/seen-version.js';
import { PageContextInterceptor } from '../../kit/page-context.interceptor.js';

/** What becomes of a tenant. */
@ApiExcludeController()
@Controller('tenants/:id')
@UseGuards(AdminPageGuard)
@UseInterceptors(PageContextInterceptor)
export class TenantLifePagesController {
  constructor(
    private readonly tenants: TenantsService,
    private readonly statuses: TenantStatusService,
  ) {}

  @Post('suspend')
  async suspend(
    @TenantId() id: number,
    @Res() response: Response,
  ): Promise<void> {
    await this.statuses.suspend(id);
    setFlash(response, 'suspended');
    response.redirect(303, `/tenants/${id}`);
  }

  @Post('activate')
  async activate(
    @TenantId() id: number,
    @Res() response: Response,
  ): Promise<void> {
    await this.statuses.activate(id);
    setFlash(response, 'activated');
    response.redirect(303, `/tenants/${id}`);
  }

  @Get('delete')
  @Render('tenants/delete')
  async confirmDelete(@TenantId() id: number): Promise<object> {
    return { tenant: await this.tenants.get(id) };
  }

  /** Whoever saw another version than the one that would go is asked again. */
  @Post('delete')
  async delete(
    @TenantId() id: number,
    @Body() form: unknown,
    @Res() response: Response,
  ): Promise<void> {
    await unlessChanged(
      async () => {
        await this.tenants.delete(id, seenVersions(form));
        setFlash(response, 'deleted');
        response.redirect(303, '/');
      },
      async () => {
        const tenant = await this.tenants.get(id);
        response
          .status(409)
          .render('tenants/delete', { tenant, changed: true });
      },
    );
  }
}
