import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { Request } from 'express';
import { API_ACCESS, type ApiAccessRule } from './api-access.js';
import { ApiTokenGuard } from './api-token.guard.js';
import { Scope } from './scope.js';

export { Scope };

/** Opens a handler to API tokens that have the scope. */
export function ApiAccess(
  scope: Scope,
  options: Omit<ApiAccessRule, 'scope'> = {},
): MethodDecorator {
  return applyDecorators(
    SetMetadata(API_ACCESS, { scope, ...options } satisfies ApiAccessRule),
    UseGuards(ApiTokenGuard),
    ApiBearerAuth(),
    ApiExtension('x-required-scope', scope),
  );
}

/** The only tenant that the caller's token reaches; undefined when it reaches all. */
export const BoundTenant = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    context.switchToHttp().getRequest<Request>().apiPrincipal?.tenantId,
);

/** Whether the caller's token is bound to another tenant than this one. */
export function isOutOfReach(
  { apiPrincipal }: Request,
  tenantId: number,
): boolean {
  return (
    apiPrincipal?.tenantId !== undefined && apiPrincipal.tenantId !== tenantId
  );
}
