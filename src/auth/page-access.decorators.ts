import {
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import type { Request } from 'express';
import type { AdminPrincipal } from './sessions/sessions.service.js';

export const OPEN_TO_VISITORS = Symbol('open to visitors');

/** A page that needs no sign-in. */
export const OpenToVisitors = (): MethodDecorator =>
  SetMetadata(OPEN_TO_VISITORS, true);

/** The admin who is signed in; undefined on pages that are open to visitors. */
export const CurrentAdmin = createParamDecorator(
  (_: unknown, context: ExecutionContext): AdminPrincipal | undefined =>
    context.switchToHttp().getRequest<Request>().admin,
);
