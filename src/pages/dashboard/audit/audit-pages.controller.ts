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
import { AuditService } from '../../../audit-trail/audit.service.js';
import { nextPageLink } from '../../../audit-trail/next-page-link.js';
import { AdminPageGuard } from '../../../auth/admin-page.guard.js';
import { contextOf } from '../../../http/request-context.js';
import { auditFilterForm, auditRows, tenantsIn } from './audit-list.page.js';
import { AuditNamesService } from '../../../audit-trail/audit-names.service.js';
import { auditFilter, auditFilterValues } from './audit-filter.js';
import { submitForm } from '../../kit/forms/submit-form.js';
import { PageContextInterceptor } from '../../kit/page-context.interceptor.js';

/** Who did what, in plain words. */
@ApiExcludeController()
@Controller('audit')
@UseGuards(AdminPageGuard)
@UseInterceptors(PageContextInterceptor)
export class AuditPagesController {
  constructor(
    private readonly audit: AuditService,
    private readonly names: AuditNamesService,
  ) {}

  @Get()
  async list(
    @Query() query: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const { locale } = contextOf(response);
    const values = auditFilterValues(query);
    const actors = await this.names.ofActors(tenantsIn([values.actor]));
    const model = auditFilterForm(locale, values, actors);
    await submitForm(response, { view: 'audit/list', model }, async () => {
      const filter = auditFilter(query);
      const entries = await this.audit.list(filter);
      const references = entries.flatMap(({ actor, target }) => [
        actor,
        target,
      ]);
      const names = await this.names.withTenants(actors, tenantsIn(references));
      response.render('audit/list', {
        ...model,
        entries: auditRows(locale, entries, names),
        older: nextPageLink('/audit', filter, entries),
        newest: filter.before === undefined,
      });
      return undefined;
    });
  }
}
