import { applyDecorators } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
} from '@nestjs/swagger';
import {
  ApiBodyProblems,
  ApiCommonProblems,
  ApiProblem,
} from '../common/openapi/problem.decorators.js';
import { TenantResponseDto } from './dto/tenant-response.dto.js';

/** The OpenAPI side of `TenantsController`, apart so that its handlers stay readable. */

const TenantIdParameter = () =>
  ApiParam({
    name: 'id',
    description: 'Number of the tenant.',
    schema: { type: 'integer', minimum: 1, example: 42 },
  });

export function DescribeCreate(): MethodDecorator {
  return applyDecorators(
    ApiOperation({ operationId: 'createTenant', summary: 'Create a tenant' }),
    ApiCreatedResponse({
      type: TenantResponseDto,
      headers: {
        Location: {
          schema: { type: 'string' },
          description: 'Path of the new tenant.',
        },
      },
    }),
    ApiProblem(409, 'USERNAME_TAKEN'),
    ApiBodyProblems(),
    ApiCommonProblems(),
  );
}

export function DescribeList(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'listTenants',
      summary: 'List tenants in order of id',
    }),
    ApiOkResponse({
      type: [TenantResponseDto],
      headers: {
        'X-Total-Count': {
          schema: { type: 'integer' },
          description: 'Number of all tenants.',
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

export function DescribeGet(): MethodDecorator {
  return applyDecorators(
    ApiOperation({ operationId: 'getTenant', summary: 'Get a tenant' }),
    TenantIdParameter(),
    ApiOkResponse({ type: TenantResponseDto }),
    ApiProblem(404, 'TENANT_NOT_FOUND'),
    ApiCommonProblems(),
  );
}

export function DescribeUpdate(
  operationId: 'replaceTenant' | 'updateTenant',
  description: string,
): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId,
      summary: 'Change a tenant',
      description: `${description} Null means "leave as it is".`,
    }),
    TenantIdParameter(),
    ApiOkResponse({ type: TenantResponseDto }),
    ApiProblem(404, 'TENANT_NOT_FOUND'),
    ApiProblem(409, 'USERNAME_TAKEN'),
    ApiBodyProblems(),
    ApiCommonProblems(),
  );
}

export function DescribeDelete(): MethodDecorator {
  return applyDecorators(
    ApiOperation({ operationId: 'deleteTenant', summary: 'Delete a tenant' }),
    TenantIdParameter(),
    ApiNoContentResponse({ description: 'The tenant is gone.' }),
    ApiProblem(404, 'TENANT_NOT_FOUND'),
    ApiCommonProblems(),
  );
}
