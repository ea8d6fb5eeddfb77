import { applyDecorators } from '@nestjs/common';
import {
  ApiHeader,
  ApiResponse,
  type ApiResponseCommonMetadata,
} from '@nestjs/swagger';
import { ApiProblem } from './problem.decorators.js';

/** The `ETag` header of an answer that is one versioned record. */
export const VERSION_TAG: NonNullable<ApiResponseCommonMetadata['headers']> = {
  ETag: {
    description: 'The `version` in quotes, for `If-Match`.',
    schema: { type: 'string' },
    example: '"3"',
  },
};

/** A change that may be tied to the version that the caller has seen. */
export function ApiIfMatch(): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: false,
      description:
        'The `ETag` that the change builds on. The change is refused when the tenant has changed since; without this header it is made in any case.',
      schema: { type: 'string' },
      example: '"3"',
    }),
    ApiProblem(412, 'VERSION_CONFLICT'),
  );
}

/** A read that tells a caller who has the current version so, without a body. */
export function ApiNotModified(): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'The `ETag` of the version that the caller has.',
      schema: { type: 'string' },
      example: '"3"',
    }),
    ApiResponse({
      status: 304,
      description: 'The caller has the current version.',
      headers: VERSION_TAG,
    }),
  );
}
