import {
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import type { Request } from 'express';
import { SignInRequiredError } from './auth.errors.js';
import type { AdminPrincipal } from './sessions/admin-sessions.service.js';

export const OPEN_TO_VISITORS = Symbol('open to visitors');

/** A page that needs no sign-in. */
export const OpenToVisitors = (): MethodDecorator =>
  SetMetadata(OPEN_TO_VISITORS, true);

export const TOKEN_IN_UPLOAD = Symbol('token in upload');

/**
 * A form with a file: its CSRF token comes in a body that is only read once it is known who sends it.
 * Whoever reads that body has to check the token.
 */
export const TokenInUpload = (): MethodDecorator =>
  SetMetadata(TOKEN_IN_UPLOAD, true);

/** The admin who is signed in; not for pages that are open to visitors. */
export const CurrentAdmin = createParamDecorator(
  (_: unknown, context: ExecutionContext): AdminPrincipal => {
    const { admin } = context.switchToHttp().getRequest<Request>();
    if (admin === undefined) throw new SignInRequiredError();
    return admin;
  },
);
