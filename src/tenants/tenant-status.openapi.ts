import { applyDecorators } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import {
  ApiBodyProblems,
  ApiCommonProblems,
  ApiProblem,
} from '../http/openapi/problem.decorators.js';
import { ApiIfMatch } from '../http/openapi/version.decorators.js';
import { REPLAYED } from '../idempotency/idempotent.decorator.js';
import { TenantIdParameter } from './tenants.openapi.js';
import { AnswersWrittenTenant } from './written-tenant.decorator.js';

export function DescribeSuspend(): MethodDecorator {
  return describe({
    operationId: 'suspendTenant',
    summary: 'Suspend a tenant',
    description:
      'The tenant keeps everything and may not use its account. One that is suspended already stays as it is. Takes no body; `{}` counts as none.',
  });
}

export function DescribeActivate(): MethodDecorator {
  return describe({
    operationId: 'activateTenant',
    summary: 'Activate a suspended tenant',
    description:
      'Takes a suspension back. A tenant that is active already stays as it is. Takes no body; `{}` counts as none.',
  });
}

function describe(operation: {
  operationId: string;
  summary: string;
  description: string;
}): MethodDecorator {
  return applyDecorators(
    ApiOperation(operation),
    TenantIdParameter(),
    ApiIfMatch(),
    AnswersWrittenTenant(200, REPLAYED),
    ApiProblem(404, 'TENANT_NOT_FOUND'),
    ApiBodyProblems(),
    ApiCommonProblems(),
  );
}
