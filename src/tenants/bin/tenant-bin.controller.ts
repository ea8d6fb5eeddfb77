import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Post,
  Query,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiAccess, Scope } from '../../auth/api-access.decorators.js';
import { IfMatch } from '../../http/if-match.decorator.js';
import { LongAnswer } from '../../http/long-answer.decorator.js';
import { OptionalBody } from '../../http/optional-body.decorator.js';
import { sendList } from '../../http/send-list.js';
import type { AcceptedVersions } from '../../http/version-tag.js';
import { VersionTagInterceptor } from '../../http/version-tag.interceptor.js';
import { linkHeader } from '../../http/paging/link-header.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import type { TenantResponseDto } from '../dto/tenant-response.dto.js';
import { TenantNotFoundError } from '../tenant.errors.js';
import { TenantId } from '../tenant-id.decorator.js';
import type { DeletedTenantResponseDto } from './dto/deleted-tenant-response.dto.js';
import { PageQueryDto } from '../../http/paging/page-query.dto.js';
import { RestoreTenantDto } from './dto/restore-tenant.dto.js';
import {
  DescribeBin,
  DescribeGetDeleted,
  DescribePurge,
  DescribeRestore,
} from './tenant-bin.openapi.js';
import { TenantBinService } from './tenant-bin.service.js';

const PATH = '/api/tenants/bin/';

@ApiTags('tenants')
@Controller('api/tenants/bin')
@UseInterceptors(VersionTagInterceptor)
export class TenantBinController {
  constructor(private readonly bin: TenantBinService) {}

  @Get()
  @ApiAccess(Scope.TenantsRead, { unbound: true })
  @LongAnswer()
  @DescribeBin()
  async list(
    @Query() page: PageQueryDto,
    @Res() response: Response,
  ): Promise<void> {
    const { tenants, total } = await this.bin.list(page);
    response.set({
      'X-Total-Count': String(total),
      Link: linkHeader(PATH, { ...page, total }),
    });
    await sendList(response, tenants);
  }

  @Get(':id')
  @ApiAccess(Scope.TenantsRead, { unbound: true })
  @DescribeGetDeleted()
  get(@TenantId() id: number): Promise<DeletedTenantResponseDto> {
    return this.bin.get(id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @ApiAccess(Scope.TenantsWrite, { unbound: true })
  @Idempotent({
    conflicts: ['USERNAME_TAKEN', 'WRITE_REFUSED'],
    gone: TenantNotFoundError,
  })
  @DescribeRestore()
  restore(
    @TenantId() id: number,
    @OptionalBody(RestoreTenantDto) dto: RestoreTenantDto,
    @IfMatch() accepted: AcceptedVersions,
  ): Promise<TenantResponseDto> {
    return this.bin.restore(id, dto, accepted);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiAccess(Scope.TenantsWrite, { unbound: true })
  @DescribePurge()
  purge(
    @TenantId() id: number,
    @IfMatch() accepted: AcceptedVersions,
  ): Promise<void> {
    return this.bin.purge(id, accepted);
  }
}
