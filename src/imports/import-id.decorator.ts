import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { ImportNotFoundError } from './import.errors.js';

const CANONICAL = /^[1-9]\d{0,15}$/;

/** The id in the path; what is no canonical positive integer is not found. */
export const ImportId = createParamDecorator(
  (_: unknown, context: ExecutionContext): number => {
    const { id } = context.switchToHttp().getRequest<Request>().params;
    if (typeof id !== 'string' || !CANONICAL.test(id))
      throw new ImportNotFoundError();
    return Number(id);
  },
);
