import {
  Controller,
  Get,
  HttpCode,
  Post,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiAccess, Scope } from '../auth/api-access.decorators.js';
import {
  LocatedAt,
  LocationInterceptor,
} from '../http/location.interceptor.js';
import { NoBody } from '../http/optional-body.decorator.js';
import { contextOf } from '../http/request-context.js';
import { linkHeader } from '../http/paging/link-header.js';
import { PageQueryDto } from '../http/paging/page-query.dto.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import {
  CreateImportQueryDto,
  GetImportQueryDto,
} from './dto/import-queries.dto.js';
import {
  type ImportReportDto,
  toImportReport,
} from './dto/import-report.dto.js';
import type { ImportResponseDto } from './dto/import-response.dto.js';
import { ImportCancellation } from './import-cancellation.service.js';
import { ImportId } from './import-id.decorator.js';
import { MAX_IMPORT_BYTES } from './import-limits.js';
import { assertImportUpload } from './import-upload.js';
import {
  DescribeCancelImport,
  DescribeCreateImport,
  DescribeGetImport,
  DescribeListImports,
} from './imports.openapi.js';
import { ImportsService } from './imports.service.js';

const PATH = '/api/tenants/imports';

@ApiTags('tenants')
@Controller('api/tenants/imports')
@UseInterceptors(LocationInterceptor)
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly cancellation: ImportCancellation,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiAccess(Scope.TenantsWrite, { unbound: true })
  @LocatedAt<ImportResponseDto>(({ id }) => `${PATH}/${id}`)
  @Idempotent({ streamedBytes: MAX_IMPORT_BYTES })
  @DescribeCreateImport()
  create(
    @Req() request: Request,
    @Query() query: CreateImportQueryDto,
  ): Promise<ImportResponseDto> {
    assertImportUpload(request);
    const dryRun = query.dry_run === 'true';
    return this.imports.receive(request, { dryRun });
  }

  @Get()
  @ApiAccess(Scope.TenantsRead, { unbound: true })
  @DescribeListImports()
  async list(
    @Query() page: PageQueryDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportResponseDto[]> {
    const { imports, total } = await this.imports.list(page);
    response.set({
      'X-Total-Count': String(total),
      Link: linkHeader(PATH, { ...page, total }),
    });
    return imports;
  }

  @Get(':id')
  @ApiAccess(Scope.TenantsRead, { unbound: true })
  @DescribeGetImport()
  async get(
    @ImportId() id: number,
    @Query() { skip, limit, only }: GetImportQueryDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportReportDto> {
    const job = await this.imports.get(id);
    const onlyFailed = only === 'failed';
    const { rows, total } = await this.imports.rows(id, {
      skip,
      limit,
      onlyFailed,
    });
    response.set({
      'X-Total-Count': String(total),
      Link: linkHeader(
        `${PATH}/${id}`,
        { skip, limit, total },
        onlyFailed ? [['only', 'failed']] : [],
      ),
    });
    return toImportReport(job, rows, contextOf(response).locale);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiAccess(Scope.TenantsWrite, { unbound: true })
  @Idempotent()
  @DescribeCancelImport()
  cancel(
    @ImportId() id: number,
    @NoBody() _none: object,
  ): Promise<ImportResponseDto> {
    return this.cancellation.cancel(id);
  }
}
