import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiResponse,
  type ApiResponseCommonMetadata,
  getSchemaPath,
} from '@nestjs/swagger';
import type { ErrorCode } from '../../common/errors/domain.error.js';
import { ProblemDetailsDto } from '../errors/problem-details.dto.js';

const REQUEST_ID = {
  'X-Request-Id': {
    description: 'Equals `request_id` of an error.',
    schema: { type: 'string' as const, format: 'uuid' },
  },
};

type ResponseOptionsHeaders = ApiResponseCommonMetadata['headers'];

/** Documents an error status with the codes that it can carry. */
export function ApiProblem(
  status: number,
  ...codes: ErrorCode[]
): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(ProblemDetailsDto),
    ApiResponse({ status, ...problemResponse(status, ...codes) }),
  );
}

/** The same as an entry of an operation's `responses`; the document adds the examples. */
export function problemResponse(status: number, ...codes: ErrorCode[]) {
  return {
    description: codes.map((code) => `\`${code}\``).join(' · '),
    headers: {
      ...REQUEST_ID,
      ...EXTRA_HEADERS[status],
      ...(codes.includes('IDEMPOTENCY_IN_PROGRESS') && RETRY_MAYBE),
    },
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemDetailsDto) },
      },
    },
  };
}

/** The errors that every call of the API can meet. */
export function ApiCommonProblems(): MethodDecorator {
  return applyDecorators(
    ApiProblem(400, 'MALFORMED_REQUEST'),
    ApiProblem(401, 'UNAUTHENTICATED'),
    ApiProblem(403, 'INSUFFICIENT_SCOPE'),
    ApiProblem(429, 'TOO_MANY_REQUESTS'),
    ApiProblem(500, 'INTERNAL_ERROR'),
    ApiProblem(503, 'UNAVAILABLE'),
  );
}

/** The errors of a call that takes a body. */
export function ApiBodyProblems(): MethodDecorator {
  return applyDecorators(
    ApiProblem(413, 'BODY_TOO_LARGE'),
    ApiProblem(415, 'UNSUPPORTED_MEDIA_TYPE'),
    ApiProblem(422, 'VALIDATION_FAILED'),
  );
}

const RETRY_AFTER = {
  'Retry-After': {
    description: 'Seconds.',
    schema: { type: 'integer' as const },
  },
};
/** Of a status that has codes without it, too. */
const RETRY_MAYBE = {
  'Retry-After': {
    ...RETRY_AFTER['Retry-After'],
    required: false,
    description: 'Seconds; with `IDEMPOTENCY_IN_PROGRESS` alone.',
  },
};
const WWW_AUTHENTICATE = {
  'WWW-Authenticate': {
    description: '`Bearer`.',
    schema: { type: 'string' as const },
  },
};
const EXTRA_HEADERS: Record<number, ResponseOptionsHeaders | undefined> = {
  401: WWW_AUTHENTICATE,
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};
