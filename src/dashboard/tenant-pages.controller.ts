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
import { PageGuard } from '../auth/page.guard.js';
import {
  DEFAULT_SYSTEM_PROMPT,
  SYSTEM_PROMPT_MAX_LENGTH,
} from '../tenants/dto/tenant-fields.js';
import { TenantListService } from '../tenants/search/tenant-list.service.js';
import { TenantId } from '../tenants/tenant-id.decorator.js';
import { TenantsService } from '../tenants/tenants.service.js';
import { setFlash } from './flash.js';
import { editConflicts } from './forms/edit-conflict.js';
import { submitForm } from './forms/submit-form.js';
import {
  createTenantDto,
  updateTenantDto,
  visibleValues,
} from './forms/tenant-form.js';
import { PageContextInterceptor } from './page-context.interceptor.js';
import {
  lastPage,
  TenantListQueryDto,
  toTenantListPage,
} from './tenant-list.page.js';

/** What every tenant form shows. */
const FORM_FACTS = { promptMaxLength: SYSTEM_PROMPT_MAX_LENGTH };

/** The tenants in the browser: the same service as the REST API, in forms and tables. */
@ApiExcludeController()
@Controller()
@UseGuards(PageGuard)
@UseInterceptors(PageContextInterceptor)
export class TenantPagesController {
  constructor(
    private readonly tenants: TenantsService,
    private readonly lists: TenantListService,
  ) {}

  @Get()
  async list(
    @Query() query: TenantListQueryDto,
    @Res() response: Response,
  ): Promise<void> {
    const found = await this.lists.list(query.filter);
    const last = lastPage(found.total);
    // The last tenant of a page may have just been deleted.
    if (query.page > last) response.redirect(303, `/?page=${last}`);
    else response.render('tenants/list', toTenantListPage(query.page, found));
  }

  @Get('tenants/new')
  @Render('tenants/new')
  new(): object {
    return {
      ...FORM_FACTS,
      values: { system_prompt: DEFAULT_SYSTEM_PROMPT },
      errors: {},
    };
  }

  @Post('tenants/new')
  async create(
    @Body() form: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const model = { ...FORM_FACTS, values: visibleValues(form) };
    const page = { view: 'tenants/new', model };
    await submitForm(response, page, async () => {
      const { id } = await this.tenants.create(createTenantDto(form));
      setFlash(response, 'created');
      return `/tenants/${id}`;
    });
  }

  @Get('tenants/:id')
  @Render('tenants/show')
  async show(@TenantId() id: number): Promise<object> {
    const tenant = await this.tenants.get(id);
    return { tenant, promptLength: [...tenant.system_prompt].length };
  }

  @Get('tenants/:id/edit')
  @Render('tenants/edit')
  async edit(@TenantId() id: number): Promise<object> {
    const tenant = await this.tenants.get(id);
    return { ...FORM_FACTS, tenant, values: tenant, errors: {} };
  }

  @Post('tenants/:id/edit')
  async save(
    @TenantId() id: number,
    @Body() form: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const tenant = await this.tenants.get(id);
    const model = { ...FORM_FACTS, tenant, values: visibleValues(form) };
    const page = { view: 'tenants/edit', model };
    const conflicts = editConflicts(form, tenant);
    if (conflicts.length > 0) {
      response.status(409).render(page.view, { ...model, conflicts });
      return;
    }
    await submitForm(response, page, async () => {
      await this.tenants.update(id, updateTenantDto(form, tenant));
      setFlash(response, 'saved');
      return `/tenants/${id}`;
    });
  }

  @Get('tenants/:id/delete')
  @Render('tenants/delete')
  async confirmDelete(@TenantId() id: number): Promise<object> {
    return { tenant: await this.tenants.get(id) };
  }

  @Post('tenants/:id/delete')
  async delete(
    @TenantId() id: number,
    @Res() response: Response,
  ): Promise<void> {
    await this.tenants.delete(id);
    setFlash(response, 'deleted');
    response.redirect(303, '/');
  }
}
