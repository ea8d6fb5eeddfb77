import {
  Controller,
  Get,
  Query,
  Req,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AdminPageGuard } from '../../../auth/admin-page.guard.js';
import { contextOf } from '../../../http/request-context.js';
import { LongAnswer } from '../../../http/long-answer.decorator.js';
import { sendStream } from '../../../http/send-stream.js';
import { ExportQueryDto } from '../../../tenants/exports/dto/export-query.dto.js';
import { exportHeaders } from '../../../tenants/exports/export-headers.js';
import { ExportsService } from '../../../tenants/exports/exports.service.js';
import { PageContextInterceptor } from '../../kit/page-context.interceptor.js';
import { delimiterOf } from './csv-delimiter.js';

/** The tenants that the list finds, as a file. */
@ApiExcludeController()
@Controller('tenants/export')
@UseGuards(AdminPageGuard)
@UseInterceptors(PageContextInterceptor)
export class ExportPagesController {
  constructor(private readonly exports: ExportsService) {}

  @Get()
  @LongAnswer()
  async export(
    @Req() { method }: Request,
    @Query() { format, search, status }: ExportQueryDto,
    @Res() response: Response,
  ): Promise<void> {
    response.set(exportHeaders(format));
    // Express routes HEAD here, too; nothing leaves the house with it.
    if (method === 'HEAD') {
      response.end();
      return;
    }
    const delimiter = delimiterOf(contextOf(response).locale);
    const stream = await this.exports.open(
      { format, delimiter },
      { search, status },
    );
    await sendStream(response, stream);
  }
}
