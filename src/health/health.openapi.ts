import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
} from '@nestjs/swagger';
import { ApiProblem } from '../http/openapi/problem.decorators.js';
import {
  LiveDto,
  NOT_READY,
  PartStatusDto,
  ReadinessDto,
} from './health.dto.js';

/** The OpenAPI side of `HealthController`. */

export function DescribeLive(operationId: string): MethodDecorator {
  return applyDecorators(
    ApiOperation({ operationId, summary: 'Whether the process works' }),
    ApiOkResponse({ type: LiveDto, description: 'It does.' }),
    ApiProblem(400, 'MALFORMED_REQUEST'),
  );
}

export function DescribeReady(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'getReadiness',
      summary: 'Whether this instance may be given requests',
    }),
    ApiExtraModels(PartStatusDto),
    ApiOkResponse({ type: ReadinessDto, description: 'It may.' }),
    ApiServiceUnavailableResponse({
      type: ReadinessDto,
      description: 'A part is down; `error` names it.',
      example: NOT_READY,
      headers: {
        'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } },
      },
    }),
    ApiProblem(400, 'MALFORMED_REQUEST'),
  );
}
