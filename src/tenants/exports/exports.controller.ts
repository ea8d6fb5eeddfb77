import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiAccess, Scope } from '../../auth/api-access.decorators.js';
import { LongAnswer } from '../../http/long-answer.decorator.js';
import { sendStream } from '../../http/send-stream.js';
import { ExportQueryDto } from './dto/export-query.dto.js';
import { exportHeaders } from './export-headers.js';
import { DescribeExport } from './exports.openapi.js';
import { ExportsService } from './exports.service.js';

@ApiTags('tenants')
@Controller('api/tenants/export')
export class ExportsController {
  constructor(private readonly exports: ExportsService) {}

  @Get()
  @ApiAccess(Scope.TenantsRead, { unbound: true })
  @LongAnswer()
  @DescribeExport()
  async export(
    @Req() { method }: Request,
    @Query() { format, delimiter, search, status }: ExportQueryDto,
    @Res() response: Response,
  ): Promise<void> {
    // Express routes HEAD here, too; nothing leaves the house with it.
    if (method === 'HEAD')
      return void response.set(exportHeaders(format)).end();
    const stream = await this.exports.open(
      { format, delimiter },
      { search, status },
    );
    await sendStream(response.set(exportHeaders(format)), stream);
  }
}
