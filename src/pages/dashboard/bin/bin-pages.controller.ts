import {
  Body,
  Controller,
  Get,
  Post,
  Query,
  Render,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { AuditService } from '../../../audit-trail/audit.service.js';
import { AdminPageGuard } from '../../../auth/admin-page.guard.js';
import { contextOf } from '../../../http/request-context.js';
import { validateDto } from '../../../common/validation/validate-dto.js';
import { RestoreTenantDto } from '../../../tenants/bin/dto/restore-tenant.dto.js';
import { TenantBinService } from '../../../tenants/bin/tenant-bin.service.js';
import { TenantId } from '../../../tenants/tenant-id.decorator.js';
import { AuditNamesService } from '../../../audit-trail/audit-names.service.js';
import { binRows } from './bin.page.js';
import { setFlash } from '../../kit/flash.js';
import { formText } from '../../kit/forms/form-text.js';
import { PageQueryDto } from '../../kit/forms/page-query.dto.js';
import { submitForm } from '../../kit/forms/submit-form.js';
import { PageContextInterceptor } from '../../kit/page-context.interceptor.js';
import { lastPage, paging, rowsOf } from '../../kit/page-links.js';

/** Deleted tenants, for as long as they can be restored. */
@ApiExcludeController()
@Controller('bin')
@UseGuards(AdminPageGuard)
@UseInterceptors(PageContextInterceptor)
export class BinPagesController {
  constructor(
    private readonly bin: TenantBinService,
    private readonly audit: AuditService,
    private readonly names: AuditNamesService,
  ) {}

  @Get()
  async list(
    @Query() { page }: PageQueryDto,
    @Res() response: Response,
  ): Promise<void> {
    const { tenants, total } = await this.bin.brief(rowsOf(page));
    if (page > lastPage(total)) {
      response.redirect(303, hrefOf(lastPage(total)));
      return;
    }
    const targets = tenants.map(({ id }) => `tenant:${id}`);
    const actors = await this.audit.lastActors('tenant.deleted', targets);
    const names = await this.names.ofActors();
    const { locale } = contextOf(response);
    response.render('bin/list', {
      ...paging(page, total, hrefOf),
      tenants: binRows(locale, tenants, actors, names),
    });
  }

  @Get(':id/restore')
  @Render('bin/restore')
  async chooseName(@TenantId() id: number): Promise<object> {
    const tenant = await this.bin.get(id);
    return { tenant, values: { username: tenant.username }, errors: {} };
  }

  /** Under the old name, unless the form gives another. */
  @Post(':id/restore')
  async restore(
    @TenantId() id: number,
    @Body() form: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const tenant = await this.bin.get(id);
    const typed = formText(form, 'username');
    const username = typed === '' ? tenant.username : typed;
    const page = {
      view: 'bin/restore',
      model: { tenant, values: { username } },
    };
    await submitForm(response, page, async () => {
      const asked = username === tenant.username ? {} : { username };
      await this.bin.restore(
        id,
        validateDto(RestoreTenantDto, asked, { unknown: 'refuse' }),
      );
      setFlash(response, 'restored');
      return `/tenants/${id}`;
    });
  }

  @Get(':id/purge')
  @Render('bin/purge')
  async confirmPurge(@TenantId() id: number): Promise<object> {
    return { tenant: await this.bin.get(id) };
  }

  @Post(':id/purge')
  async purge(
    @TenantId() id: number,
    @Res() response: Response,
  ): Promise<void> {
    await this.bin.purge(id);
    setFlash(response, 'purged');
    response.redirect(303, '/bin');
  }
}

function hrefOf(page: number): string {
  return `/bin?page=${page}`;
}
