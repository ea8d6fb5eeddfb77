import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { type AcceptedVersions, acceptedVersions } from './version-tag.js';

/** The versions that the caller's `If-Match` names; undefined when it makes no condition. */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): AcceptedVersions =>
    acceptedVersions(
      context.switchToHttp().getRequest<Request>().headers['if-match'],
    ),
);
