import {
  Controller,
  Get,
  Query,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { PageGuard } from '../auth/page.guard.js';
import { TenantsService } from '../tenants/tenants.service.js';
import { PageContextInterceptor } from './page-context.interceptor.js';
import {
  lastPage,
  TenantListQueryDto,
  toTenantListPage,
} from './tenant-list.page.js';

/** All tenants: to be found, and to be dealt with together. */
@ApiExcludeController()
@Controller()
@UseGuards(PageGuard)
@UseInterceptors(PageContextInterceptor)
export class TenantListPagesController {
  constructor(private readonly tenants: TenantsService) {}

  @Get()
  async list(
    @Query() query: TenantListQueryDto,
    @Res() response: Response,
  ): Promise<void> {
    const found = await this.tenants.list(query.filter);
    const last = lastPage(found.total);
    // The last tenant of a page may have just been deleted.
    if (query.page > last) response.redirect(303, `/?page=${last}`);
    else response.render('tenants/list', toTenantListPage(query.page, found));
  }
}
