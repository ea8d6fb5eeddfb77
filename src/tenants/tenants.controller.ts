import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Patch,
  Post,
  Put,
  Query,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  ApiAccess,
  BoundTenant,
  Scope,
} from '../auth/api-access.decorators.js';
import { IfMatch } from '../http/if-match.decorator.js';
import { type AcceptedVersions, versionTag } from '../http/version-tag.js';
import {
  LocatedAt,
  LocationInterceptor,
} from '../http/location.interceptor.js';
import { LongAnswer } from '../http/long-answer.decorator.js';
import { sendList } from '../http/send-list.js';
import { VersionTagInterceptor } from '../http/version-tag.interceptor.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import { CreateTenantDto } from './dto/create-tenant.dto.js';
import { ListTenantsQueryDto } from './dto/list-tenants-query.dto.js';
import type { TenantResponseDto } from './dto/tenant-response.dto.js';
import { ReplaceTenantDto, UpdateTenantDto } from './dto/update-tenant.dto.js';
import { listLinks } from './search/list-links.js';
import { TenantListService } from './search/tenant-list.service.js';
import { MayRename, type Renaming } from './renaming.decorator.js';
import { TenantId } from './tenant-id.decorator.js';
import {
  DescribeCreate,
  DescribeDelete,
  DescribeGet,
  DescribeList,
  DescribeUpdate,
} from './tenants.openapi.js';
import { TenantNotFoundError } from './tenant.errors.js';
import { TenantsService } from './tenants.service.js';

const PATH = '/api/tenants/';

@ApiTags('tenants')
@Controller('api/tenants')
export class TenantsController {
  constructor(
    private readonly tenants: TenantsService,
    private readonly lists: TenantListService,
  ) {}

  @Post()
  @ApiAccess(Scope.TenantsWrite, { unbound: true })
  @LocatedAt<TenantResponseDto>(({ id }) => `${PATH}${id}`)
  @Idempotent({
    conflicts: ['USERNAME_TAKEN', 'WRITE_REFUSED'],
    gone: TenantNotFoundError,
  })
  @DescribeCreate()
  // The lowest is the outermost, so that a replayed answer has them too.
  @UseInterceptors(VersionTagInterceptor, LocationInterceptor)
  create(@Body() dto: CreateTenantDto): Promise<TenantResponseDto> {
    return this.tenants.create(dto);
  }

  @Get()
  @ApiAccess(Scope.TenantsRead)
  @LongAnswer()
  @DescribeList()
  async list(
    @Query() query: ListTenantsQueryDto,
    @BoundTenant() onlyId: number | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const found = await this.lists.listJson({
      ...query,
      skip: query.skip ?? 0,
      onlyId,
    });
    response.set({
      'X-Total-Count': String(found.total),
      Link: listLinks(PATH, query, found),
      ...(found.next !== undefined && { 'X-Next-Cursor': found.next }),
    });
    await sendList(response, found.tenants);
  }

  @Get(':id')
  @ApiAccess(Scope.TenantsRead)
  @DescribeGet()
  async get(
    @TenantId() id: number,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TenantResponseDto> {
    const tenant = await this.tenants.get(id);
    // Not by the interceptor, which takes longer than the query: this is what integrators call most.
    response.set('ETag', versionTag(tenant.version));
    return tenant;
  }

  @Put(':id')
  @ApiAccess(Scope.TenantsWrite)
  @DescribeUpdate(
    'replaceTenant',
    'Fields that only go out are ignored, so that the body of a GET can be sent back.',
  )
  @UseInterceptors(VersionTagInterceptor)
  replace(
    @TenantId() id: number,
    @Body() dto: ReplaceTenantDto,
    @IfMatch() accepted: AcceptedVersions,
    @MayRename() renaming: Renaming,
  ): Promise<TenantResponseDto> {
    return this.tenants.update(id, dto, accepted, renaming);
  }

  @Patch(':id')
  @ApiAccess(Scope.TenantsWrite)
  @DescribeUpdate('updateTenant', 'Changes the fields sent.')
  @UseInterceptors(VersionTagInterceptor)
  update(
    @TenantId() id: number,
    @Body() dto: UpdateTenantDto,
    @IfMatch() accepted: AcceptedVersions,
    @MayRename() renaming: Renaming,
  ): Promise<TenantResponseDto> {
    return this.tenants.update(id, dto, accepted, renaming);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiAccess(Scope.TenantsWrite)
  @DescribeDelete()
  delete(
    @TenantId() id: number,
    @IfMatch() accepted: AcceptedVersions,
  ): Promise<void> {
    return this.tenants.delete(id, accepted);
  }
}
