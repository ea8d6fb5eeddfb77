import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
} from '@nestjs/swagger';
import {
  ApiBodyProblems,
  ApiCommonProblems,
  ApiProblem,
} from '../../http/openapi/problem.decorators.js';
import {
  ApiIfMatch,
  ApiNotModified,
  VERSION_TAG,
} from '../../http/openapi/version.decorators.js';
import { REPLAYED } from '../../idempotency/idempotent.decorator.js';
import { TenantIdParameter } from '../tenants.openapi.js';
import { AnswersWrittenTenant } from '../written-tenant.decorator.js';
import { DeletedTenantResponseDto } from './dto/deleted-tenant-response.dto.js';
import { RestoreTenantDto } from './dto/restore-tenant.dto.js';

/** The OpenAPI side of `TenantBinController`. */

export function DescribeBin(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'listDeletedTenants',
      summary: 'List the tenants in the bin, newest deletion first',
      description: 'A deleted tenant stays in the bin for 30 days.',
    }),
    ApiOkResponse({
      type: [DeletedTenantResponseDto],
      headers: {
        'X-Total-Count': {
          schema: { type: 'integer' },
          description: 'Number of all tenants in the bin.',
        },
        Link: {
          schema: { type: 'string' },
          description: 'RFC 8288: first, prev, next, last.',
        },
      },
    }),
    ApiProblem(422, 'VALIDATION_FAILED'),
    ApiCommonProblems(),
  );
}

export function DescribeGetDeleted(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'getDeletedTenant',
      summary: 'Get a tenant in the bin',
    }),
    TenantIdParameter(),
    ApiOkResponse({ type: DeletedTenantResponseDto, headers: VERSION_TAG }),
    ApiNotModified(),
    ApiProblem(404, 'TENANT_NOT_FOUND'),
    ApiCommonProblems(),
  );
}

export function DescribeRestore(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'restoreTenant',
      summary: 'Restore a tenant from the bin',
      description:
        'It comes back as it was, with its id, password, key and status. The body may be left out.',
    }),
    TenantIdParameter(),
    ApiIfMatch(),
    ApiBody({ type: RestoreTenantDto, required: false }),
    AnswersWrittenTenant(200, REPLAYED),
    ApiProblem(404, 'TENANT_NOT_FOUND'),
    ApiBodyProblems(),
    ApiCommonProblems(),
  );
}

export function DescribePurge(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'purgeTenant',
      summary: 'Delete a tenant in the bin for good',
    }),
    TenantIdParameter(),
    ApiIfMatch(),
    ApiNoContentResponse({ description: 'The tenant is gone for good.' }),
    ApiProblem(404, 'TENANT_NOT_FOUND'),
    ApiProblem(409, 'WRITE_REFUSED'),
    ApiCommonProblems(),
  );
}
