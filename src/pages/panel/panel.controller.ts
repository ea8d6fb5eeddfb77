import {
  Body,
  Controller,
  Get,
  Post,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { VersionConflictError } from '../../common/errors/common.errors.js';
import { setFlash } from '../kit/flash.js';
import { keptFields, shownValues } from '../kit/forms/kept-fields.js';
import { submitForm } from '../kit/forms/submit-form.js';
import { PageContextInterceptor } from '../kit/page-context.interceptor.js';
import type { TenantPrincipal } from '../../tenant-auth/sessions/tenant-sessions.service.js';
import { CurrentTenant } from '../../tenant-auth/tenant-page.decorators.js';
import { TenantPageGuard } from '../../tenant-auth/tenant-page.guard.js';
import { SYSTEM_PROMPT_MAX_LENGTH } from '../../tenants/dto/tenant-fields.js';
import type { TenantResponseDto } from '../../tenants/dto/tenant-response.dto.js';
import { TenantsService } from '../../tenants/tenants.service.js';
import { panelConflicts, panelDto, panelValues } from './panel-form.js';

const VIEW = 'panel/settings';

/** A tenant's own business, and no other: whose it is comes from the session alone. */
@ApiExcludeController()
@Controller('panel')
@UseGuards(TenantPageGuard)
@UseInterceptors(PageContextInterceptor)
export class PanelController {
  constructor(private readonly tenants: TenantsService) {}

  @Get()
  async show(
    @CurrentTenant() { id }: TenantPrincipal,
    @Res() response: Response,
  ): Promise<void> {
    const tenant = await this.tenants.get(id);
    response.render(VIEW, { ...formFacts(tenant, tenant), errors: {} });
  }

  @Post()
  async save(
    @CurrentTenant() self: TenantPrincipal,
    @Body() form: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const tenant = await this.tenants.get(self.id);
    const model = formFacts(form, tenant);
    const conflicts = panelConflicts(form, tenant);
    if (conflicts.length > 0) {
      response.status(409).render(VIEW, { ...model, errors: {}, conflicts });
      return;
    }
    try {
      await submitForm(response, { view: VIEW, model }, async () => {
        const dto = panelDto(form, tenant);
        await this.tenants.update(self.id, dto, [tenant.version]);
        setFlash(response, 'saved');
        return '/panel';
      });
    } catch (error) {
      if (!(error instanceof VersionConflictError)) throw error;
      // Changed elsewhere in this very moment: there is something newer to compare with.
      await this.save(self, form, response);
    }
  }
}

/** @param form what was typed, or the tenant as it is. */
function formFacts(form: unknown, tenant: TenantResponseDto): object {
  return {
    promptMaxLength: SYSTEM_PROMPT_MAX_LENGTH,
    tenant,
    values: shownValues(panelValues(form, tenant), tenant),
    keptFields: keptFields(tenant),
  };
}
