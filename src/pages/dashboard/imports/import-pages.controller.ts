import {
  Controller,
  Get,
  Post,
  Query,
  Render,
  Req,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AdminPageGuard } from '../../../auth/admin-page.guard.js';
import { contextOf } from '../../../http/request-context.js';
import { ImportCancellation } from '../../../imports/import-cancellation.service.js';
import { ImportId } from '../../../imports/import-id.decorator.js';
import { ImportsService } from '../../../imports/imports.service.js';
import { PageQueryDto } from '../../kit/forms/page-query.dto.js';
import { submitForm } from '../../kit/forms/submit-form.js';
import { PageContextInterceptor } from '../../kit/page-context.interceptor.js';
import { lastPage, paging, rowsOf } from '../../kit/page-links.js';
import { TakesImport, uploadOf } from './import-upload.interceptor.js';
import { toFailedRow, toImportSummary } from './import.page.js';
import { importedId } from './imported-id.js';

/** Many tenants from a file: sent here, worked off in the background. */
@ApiExcludeController()
@Controller('imports')
@UseGuards(AdminPageGuard)
@UseInterceptors(PageContextInterceptor)
export class ImportPagesController {
  constructor(
    private readonly imports: ImportsService,
    private readonly cancellation: ImportCancellation,
  ) {}

  @Get()
  async list(
    @Query() { page }: PageQueryDto,
    @Res() response: Response,
  ): Promise<void> {
    const { imports, total } = await this.imports.list(rowsOf(page));
    if (page > lastPage(total)) {
      response.redirect(303, listHref(lastPage(total)));
      return;
    }
    response.render('imports/list', {
      ...paging(page, total, listHref),
      imports: imports.map(toImportSummary),
    });
  }

  @Get('new')
  @Render('imports/new')
  new(): object {
    return { errors: {} };
  }

  @Post('new')
  @TakesImport()
  async create(
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = { view: 'imports/new', model: {}, focus: 'file' };
    await submitForm(response, page, () =>
      Promise.resolve().then(() => `/imports/${importedId(uploadOf(request))}`),
    );
  }

  @Get(':id')
  async show(
    @ImportId() id: number,
    @Query() { page }: PageQueryDto,
    @Res() response: Response,
  ): Promise<void> {
    const job = await this.imports.get(id);
    const { rows, total } = await this.imports.rows(id, {
      ...rowsOf(page),
      onlyFailed: true,
    });
    const hrefOf = (other: number) => `/imports/${id}?page=${other}`;
    if (page > lastPage(total)) {
      response.redirect(303, hrefOf(lastPage(total)));
      return;
    }
    const { locale } = contextOf(response);
    response.render('imports/show', {
      job: toImportSummary(job),
      ...paging(page, total, hrefOf),
      rows: rows.map((row) => toFailedRow(locale, row)),
    });
  }

  @Get(':id/cancel')
  @Render('imports/cancel')
  async confirmCancel(@ImportId() id: number): Promise<object> {
    return { job: toImportSummary(await this.imports.get(id)) };
  }

  @Post(':id/cancel')
  async cancel(
    @ImportId() id: number,
    @Res() response: Response,
  ): Promise<void> {
    await this.cancellation.cancel(id);
    response.redirect(303, `/imports/${id}`);
  }
}

function listHref(page: number): string {
  return `/imports?page=${page}`;
}
