import { applyDecorators } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
} from '@nestjs/swagger';
import {
  ApiBodyProblems,
  ApiCommonProblems,
  ApiProblem,
} from '../http/openapi/problem.decorators.js';
import {
  ApiIfMatch,
  ApiNotModified,
  VERSION_TAG,
} from '../http/openapi/version.decorators.js';
import { REPLAYED } from '../idempotency/idempotent.decorator.js';
import { TenantResponseDto } from './dto/tenant-response.dto.js';
import { AnswersWrittenTenant } from './written-tenant.decorator.js';

/** The OpenAPI side of `TenantsController`, apart so that its handlers stay readable. */

export const TenantIdParameter = () =>
  ApiParam({
    name: 'id',
    description: 'Number of the tenant.',
    schema: { type: 'integer', minimum: 1, example: 42 },
  });

export function DescribeCreate(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'createTenant',
      summary: 'Create a tenant',
      description:
        '404 is the answer to a repeated `Idempotency-Key` whose tenant has been deleted for good meanwhile: it is not made again.',
    }),
    AnswersWrittenTenant(201, {
      ...REPLAYED,
      Location: {
        schema: { type: 'string' },
        description: 'Path of the new tenant.',
      },
    }),
    ApiProblem(404, 'TENANT_NOT_FOUND'),
    ApiBodyProblems(),
    ApiCommonProblems(),
  );
}

export function DescribeList(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'listTenants',
      summary: 'List, search and sort tenants',
      description:
        'Which tenants are listed is of one moment. A long list comes at the pace of its reader: each tenant is then as it stands when its turn comes, one that has been deleted meanwhile is left out, and a list that fails on its way breaks the connection.',
    }),
    ApiOkResponse({
      type: [TenantResponseDto],
      headers: {
        'X-Total-Count': {
          schema: { type: 'integer' },
          description: 'Number of tenants on all pages.',
        },
        Link: {
          schema: { type: 'string' },
          description:
            'RFC 8288: first, prev, next, last; first and next where a cursor leads on.',
        },
        'X-Next-Cursor': {
          required: false,
          schema: { type: 'string' },
          description: '`after` of the next page, when there is one.',
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
    ApiOkResponse({ type: TenantResponseDto, headers: VERSION_TAG }),
    ApiNotModified(),
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
      description: `${description} Null means "leave as it is". A token that is bound to one tenant cannot change \`username\`, nor send it without \`tenants:read\`.`,
    }),
    TenantIdParameter(),
    ApiIfMatch(),
    AnswersWrittenTenant(200),
    ApiProblem(404, 'TENANT_NOT_FOUND'),
    ApiProblem(409, 'USERNAME_TAKEN', 'WRITE_REFUSED'),
    ApiBodyProblems(),
    ApiCommonProblems(),
  );
}

export function DescribeDelete(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'deleteTenant',
      summary: 'Delete a tenant',
      description:
        'It goes to the bin, where it can be restored for 30 days. Its username is free at once.',
    }),
    TenantIdParameter(),
    ApiIfMatch(),
    ApiNoContentResponse({ description: 'The tenant is in the bin.' }),
    ApiProblem(404, 'TENANT_NOT_FOUND'),
    ApiProblem(409, 'WRITE_REFUSED'),
    ApiCommonProblems(),
  );
}
