import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { isOutOfReach } from '../auth/api-access.decorators.js';
import { TenantNotFoundError } from './tenant.errors.js';

const CANONICAL = /^[1-9]\d*$/;

/** The id in the path. What is no canonical positive integer, or another tenant's with a token bound to one, is not found. */
export const TenantId = createParamDecorator(
  (_: unknown, context: ExecutionContext): number => {
    const request = context.switchToHttp().getRequest<Request>();
    const { id: text } = request.params;
    const id = Number(text);
    if (
      typeof text !== 'string' ||
      !CANONICAL.test(text) ||
      !Number.isSafeInteger(id) ||
      isOutOfReach(request, id)
    ) {
      throw new TenantNotFoundError();
    }
    return id;
  },
);
