import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Scope } from '../auth/scope.js';

/**
 * What a caller may send as `username`: any name, the one that the tenant has, or none. To be told whether a name is the right
 * one is to read it.
 */
export type Renaming = 'any' | 'same' | 'none';

export const MayRename = createParamDecorator(
  (_: unknown, context: ExecutionContext): Renaming => {
    const { apiPrincipal } = context.switchToHttp().getRequest<Request>();
    if (apiPrincipal?.tenantId === undefined) return 'any';
    return apiPrincipal.scopes.includes(Scope.TenantsRead) ? 'same' : 'none';
  },
);
