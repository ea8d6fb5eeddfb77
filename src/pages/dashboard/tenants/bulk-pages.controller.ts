import {
  Body,
  Controller,
  HttpCode,
  Post,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { AdminPageGuard } from '../../../auth/admin-page.guard.js';
import { contextOf } from '../../../http/request-context.js';
import { LongAnswer } from '../../../http/long-answer.decorator.js';
import { sendStream } from '../../../http/send-stream.js';
import { exportHeaders } from '../../../tenants/exports/export-headers.js';
import { ExportsService } from '../../../tenants/exports/exports.service.js';
import { TenantsService } from '../../../tenants/tenants.service.js';
import { BulkStatusService } from '../../../tenants/bulk-status.service.js';
import { setFlash } from '../../kit/flash.js';
import { formText } from '../../kit/forms/form-text.js';
import { localPath } from '../../kit/forms/local-path.js';
import { selectedIds } from './selection.js';
import { delimiterOf } from './csv-delimiter.js';
import { PageContextInterceptor } from '../../kit/page-context.interceptor.js';

/** What is done to the tenants that are ticked in the list. */
@ApiExcludeController()
@Controller('tenants/bulk')
@UseGuards(AdminPageGuard)
@UseInterceptors(PageContextInterceptor)
export class BulkPagesController {
  constructor(
    private readonly tenants: TenantsService,
    private readonly bulk: BulkStatusService,
    private readonly exports: ExportsService,
  ) {}

  @Post()
  @HttpCode(200)
  @LongAnswer()
  async act(@Body() form: unknown, @Res() response: Response): Promise<void> {
    const ids = selectedIds(form);
    const back = localPath(formText(form, 'back'));
    if (ids.length === 0) {
      setFlash(response, 'noneSelected');
      response.redirect(303, back);
      return;
    }
    switch (formText(form, 'action')) {
      case 'activate': {
        const { changed, skipped } = await this.bulk.set(ids, 'active');
        const flash = skipped === 0 ? 'manyActivated' : 'someActivated';
        setFlash(response, flash, changed, skipped);
        break;
      }
      case 'export': {
        await this.#export(ids, response);
        return;
      }
      case 'suspend': {
        await this.#confirmSuspension(ids, back, response);
        return;
      }
      case 'suspend-confirmed': {
        const { changed, skipped } = await this.bulk.set(ids, 'suspended');
        const flash = skipped === 0 ? 'manySuspended' : 'someSuspended';
        setFlash(response, flash, changed, skipped);
      }
    }
    response.redirect(303, back);
  }

  async #export(ids: readonly number[], response: Response): Promise<void> {
    const format = 'csv';
    const delimiter = delimiterOf(contextOf(response).locale);
    const stream = await this.exports.open({ format, delimiter }, { ids });
    await sendStream(response.set(exportHeaders(format)), stream);
  }

  async #confirmSuspension(
    ids: readonly number[],
    back: string,
    response: Response,
  ): Promise<void> {
    const names = await this.tenants.namesOf(ids);
    response.render('tenants/suspend-many', {
      tenants: [...names].map(([id, name]) => ({ id, name })),
      count: names.size,
      unknown: ids.length - names.size,
      cancel: back,
    });
  }
}
