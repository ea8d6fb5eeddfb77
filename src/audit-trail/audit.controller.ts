import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiAccess, Scope } from '../auth/api-access.decorators.js';
import {
  ApiCommonProblems,
  ApiProblem,
} from '../http/openapi/problem.decorators.js';
import { AuditService } from './audit.service.js';
import { AuditEntryResponseDto } from './dto/audit-entry-response.dto.js';
import { ListAuditQueryDto } from './dto/list-audit-query.dto.js';
import { nextPageLink } from './next-page-link.js';

@ApiTags('audit')
@Controller('api/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @ApiAccess(Scope.AuditRead, { unbound: true })
  @ApiOperation({
    operationId: 'listAuditEntries',
    summary: 'Who did what, newest first',
  })
  @ApiOkResponse({
    type: [AuditEntryResponseDto],
    headers: {
      Link: {
        required: false,
        schema: { type: 'string' },
        description: 'RFC 8288: next, when there are older entries.',
      },
    },
  })
  @ApiProblem(422, 'VALIDATION_FAILED')
  @ApiCommonProblems()
  async list(
    @Query() query: ListAuditQueryDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AuditEntryResponseDto[]> {
    const entries = await this.audit.list(query);
    const next = nextPageLink('/api/audit', query, entries);
    if (next !== undefined) response.set('Link', `<${next}>; rel="next"`);
    return entries;
  }
}
