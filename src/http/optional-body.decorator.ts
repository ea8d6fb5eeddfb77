import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import {
  type DtoClass,
  validateDto,
} from '../common/validation/validate-dto.js';
import { bodyIfAny } from './json-body.js';

/** The checked body of a call that may come without one: then it is as if `{}` had been sent. */
export const OptionalBody = createParamDecorator(
  (type: DtoClass, context: ExecutionContext) => {
    const body = bodyIfAny(context.switchToHttp().getRequest<Request>());
    return validateDto(type, body === undefined ? {} : body, {
      unknown: 'refuse',
    });
  },
);

/** For a call that takes no body; `{}`, which some clients send with every POST, counts as none. */
export const NoBody = (): ParameterDecorator => OptionalBody(Object);
