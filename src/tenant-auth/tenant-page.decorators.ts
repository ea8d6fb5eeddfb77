import {
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import type { Request } from 'express';
import { SignInRequiredError } from '../auth/auth.errors.js';
import type { TenantPrincipal } from './sessions/tenant-sessions.service.js';

export const OPEN_TO_SUSPENDED = Symbol('open to suspended tenants');

/** What a suspended tenant may still do. */
export const OpenToSuspended = (): MethodDecorator =>
  SetMetadata(OPEN_TO_SUSPENDED, true);

/** The tenant that is signed in: the only one that its pages know of. */
export const CurrentTenant = createParamDecorator(
  (_: unknown, context: ExecutionContext): TenantPrincipal => {
    const { tenant } = context.switchToHttp().getRequest<Request>();
    if (tenant === undefined) throw new SignInRequiredError();
    return tenant;
  },
);
