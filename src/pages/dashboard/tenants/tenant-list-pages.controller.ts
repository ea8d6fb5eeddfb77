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
import { AdminPageGuard } from '../../../auth/admin-page.guard.js';
import { contextOf } from '../../../http/request-context.js';
import { TenantsOverviewService } from '../../../tenants/overview/tenants-overview.service.js';
import { TenantListService } from '../../../tenants/search/tenant-list.service.js';
import { tenantListQuery } from './tenant-list-query.dto.js';
import { toOverviewPage } from './overview.page.js';
import { PageContextInterceptor } from '../../kit/page-context.interceptor.js';
import { lastPage, rowsOf } from '../../kit/page-links.js';
import { listUrl, toTenantListPage } from './tenant-list.page.js';

/** All tenants: to be found, and to be dealt with together. */
@ApiExcludeController()
@Controller()
@UseGuards(AdminPageGuard)
@UseInterceptors(PageContextInterceptor)
export class TenantListPagesController {
  constructor(
    private readonly lists: TenantListService,
    private readonly overviews: TenantsOverviewService,
  ) {}

  @Get()
  async list(
    @Query() asked: Record<string, unknown>,
    @Res() response: Response,
  ): Promise<void> {
    const query = tenantListQuery(asked);
    const { page, search, status, sort } = query;
    const filter = { ...rowsOf(page), search, status, sort };
    const found = await this.lists.brief(filter);
    const last = lastPage(found.total);
    // The last tenant of a page may have just been deleted.
    if (page > last) {
      response.redirect(303, listUrl({ ...query, page: last }));
      return;
    }
    const { locale } = contextOf(response);
    const model = toTenantListPage(locale, query, found);
    response.render('tenants/list', {
      ...model,
      overview: toOverviewPage(locale, await this.overviews.get()),
      any: found.total > 0 || model.filtered,
    });
  }
}
