import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { RouteNotFoundError } from '../../common/errors/common.errors.js';

const CANONICAL = /^[1-9]\d*$/;

/** The number in the path; a page whose number is not canonical does not exist. */
export const PathId = createParamDecorator(
  (_: unknown, context: ExecutionContext): number => {
    const { id } = context.switchToHttp().getRequest<Request>().params;
    if (typeof id !== 'string' || !CANONICAL.test(id) || !isSafe(id))
      throw new RouteNotFoundError();
    return Number(id);
  },
);

function isSafe(digits: string): boolean {
  return Number.isSafeInteger(Number(digits));
}
