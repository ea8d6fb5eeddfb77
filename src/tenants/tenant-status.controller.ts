import { Controller, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiAccess, Scope } from '../auth/api-access.decorators.js';
import { IfMatch } from '../http/if-match.decorator.js';
import { NoBody } from '../http/optional-body.decorator.js';
import type { AcceptedVersions } from '../http/version-tag.js';
import { VersionTagInterceptor } from '../http/version-tag.interceptor.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import type { TenantResponseDto } from './dto/tenant-response.dto.js';
import { TenantId } from './tenant-id.decorator.js';
import { DescribeActivate, DescribeSuspend } from './tenant-status.openapi.js';
import { TenantNotFoundError } from './tenant.errors.js';
import { TenantStatusService } from './tenant-status.service.js';

/** Not for tokens that are bound to one tenant: a suspended tenant must not be able to activate itself. */
@ApiTags('tenants')
@Controller('api/tenants')
@UseInterceptors(VersionTagInterceptor)
export class TenantStatusController {
  constructor(private readonly statuses: TenantStatusService) {}

  @Post(':id/suspend')
  @HttpCode(200)
  @ApiAccess(Scope.TenantsWrite, { unbound: true })
  @Idempotent({ conflicts: ['WRITE_REFUSED'], gone: TenantNotFoundError })
  @DescribeSuspend()
  suspend(
    @TenantId() id: number,
    @NoBody() _none: object,
    @IfMatch() accepted: AcceptedVersions,
  ): Promise<TenantResponseDto> {
    return this.statuses.suspend(id, accepted);
  }

  @Post(':id/activate')
  @HttpCode(200)
  @ApiAccess(Scope.TenantsWrite, { unbound: true })
  @Idempotent({ conflicts: ['WRITE_REFUSED'], gone: TenantNotFoundError })
  @DescribeActivate()
  activate(
    @TenantId() id: number,
    @NoBody() _none: object,
    @IfMatch() accepted: AcceptedVersions,
  ): Promise<TenantResponseDto> {
    return this.statuses.activate(id, accepted);
  }
}
