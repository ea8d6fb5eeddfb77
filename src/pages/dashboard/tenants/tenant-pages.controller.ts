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
import { contextOf } from '../../../http/request-context.js';
import {
  DEFAULT_SYSTEM_PROMPT,
  SYSTEM_PROMPT_MAX_LENGTH,
} from '../../../tenants/dto/tenant-fields.js';
import type { TenantResponseDto } from '../../../tenants/dto/tenant-response.dto.js';
import { TenantId } from '../../../tenants/tenant-id.decorator.js';
import { TenantsService } from '../../../tenants/tenants.service.js';
import { setFlash } from '../../kit/flash.js';
import { editConflict, seenFingerprints } from './edit-conflict.js';
import {
  charactersOf,
  excerptOf,
  keptFields,
  shownValues,
} from '../../kit/forms/kept-fields.js';
import { seenVersions, unlessChanged } from '../../kit/forms/seen-version.js';
import { submitForm } from '../../kit/forms/submit-form.js';
import {
  chosenValues,
  createTenantDto,
  updateTenantDto,
  type VisibleField,
  visibleValues,
} from './tenant-form.js';
import { auditRows } from '../audit/audit-list.page.js';
import { TenantHistoryService } from '../../../audit-trail/tenant-history.service.js';
import { PageContextInterceptor } from '../../kit/page-context.interceptor.js';

/** What every tenant form shows. */
const FORM_FACTS = { promptMaxLength: SYSTEM_PROMPT_MAX_LENGTH };

/** One tenant in the browser: the same service as the REST API, in forms. */
@ApiExcludeController()
@Controller()
@UseGuards(AdminPageGuard)
@UseInterceptors(PageContextInterceptor)
export class TenantPagesController {
  constructor(
    private readonly tenants: TenantsService,
    private readonly history: TenantHistoryService,
  ) {}

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
  async show(@TenantId() id: number, @Res() response: Response): Promise<void> {
    const tenant = await this.tenants.get(id);
    const { entries, names } = await this.history.of(id);
    response.render('tenants/show', {
      tenant,
      prompt: excerptOf('system_prompt', tenant.system_prompt),
      promptLength: charactersOf(tenant.system_prompt),
      history: auditRows(contextOf(response).locale, entries, names),
    });
  }

  @Get('tenants/:id/edit')
  @Render('tenants/edit')
  async edit(@TenantId() id: number): Promise<object> {
    const tenant = await this.tenants.get(id);
    return { ...editFacts(tenant, tenant), errors: {} };
  }

  @Post('tenants/:id/edit')
  async save(
    @TenantId() id: number,
    @Body() form: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const tenant = await this.tenants.get(id);
    const conflict = editConflict(form, tenant);
    if (conflict !== undefined) {
      response.status(409).render('tenants/conflict', { tenant, ...conflict });
      return;
    }
    const page = {
      view: 'tenants/edit',
      model: editFacts(tenant, chosenValues(form, tenant)),
    };
    // Nothing is at stake up to the version just read; a later one is looked at again.
    const builtOn = seenVersions(form) && [tenant.version];
    await unlessChanged(
      () =>
        submitForm(response, page, async () => {
          await this.tenants.update(id, updateTenantDto(form, tenant), builtOn);
          setFlash(response, 'saved');
          return `/tenants/${id}`;
        }),
      () => this.save(id, form, response),
    );
  }
}

/** What every edit form shows, and what it sends back to tell what was seen. */
function editFacts(
  tenant: TenantResponseDto,
  values: Record<VisibleField, string>,
): object {
  return {
    ...FORM_FACTS,
    tenant,
    values: shownValues(visibleValues(values), tenant),
    keptFields: keptFields(tenant),
    seen: seenFingerprints(tenant),
  };
}
