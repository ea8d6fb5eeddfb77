import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { ApiProblem } from '../http/openapi/problem.decorators.js';
import type { DomainError, ErrorCode } from '../common/errors/domain.error.js';
import {
  GONE,
  IdempotencyInterceptor,
  STREAMED_BODY,
} from './idempotency.interceptor.js';

/** For the `headers` of the answer in the OpenAPI document. */
export const REPLAYED = {
  'Idempotency-Replayed': {
    required: false,
    description: '`true` when this is the stored answer of an earlier request.',
    schema: { type: 'string' as const, enum: ['true'] },
  },
};

/**
 * A POST that may be repeated safely with the same `Idempotency-Key`.
 * Whatever carries it out calls `IdempotencyService.keep` in its transaction.
 * @param options.conflicts the codes that the call may answer 409 with besides.
 * @param options.gone what a repeated call is told when what the first one made is gone for good; described by the call itself.
 * @param options.streamedBytes the largest body, where the handler reads it piece by piece.
 */
export function Idempotent(
  options: {
    conflicts?: ErrorCode[];
    gone?: new () => DomainError;
    streamedBytes?: number;
  } = {},
): MethodDecorator {
  return applyDecorators(
    SetMetadata(STREAMED_BODY, options.streamedBytes),
    SetMetadata(GONE, options.gone),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'A key of your own making for this action, such as a UUID. A repeated request with the same key and body is answered with the first answer; keys are kept for 24 hours.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
      example: '5f0c2f9a-7a43-4a63-9c1a-2b5a9a3f8f10',
    }),
    ApiProblem(409, ...(options.conflicts ?? []), 'IDEMPOTENCY_IN_PROGRESS'),
    ApiProblem(422, 'VALIDATION_FAILED', 'IDEMPOTENCY_KEY_REUSED'),
  );
}
