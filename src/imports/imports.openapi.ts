import { applyDecorators, UseInterceptors } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  getSchemaPath,
} from '@nestjs/swagger';
import {
  ApiBodyProblems,
  ApiCommonProblems,
  ApiProblem,
} from '../http/openapi/problem.decorators.js';
import { REPLAYED } from '../idempotency/idempotent.decorator.js';
import { CancelledImportInterceptor } from './cancelled-import.interceptor.js';
import { CancelledImportDto } from './dto/cancelled-import.dto.js';
import { ImportReportDto } from './dto/import-report.dto.js';
import { ImportResponseDto } from './dto/import-response.dto.js';
import { ImportRowDto } from './dto/import-row.dto.js';
import { NDJSON_TYPES } from './import-upload.js';

/** The OpenAPI side of `ImportsController`. */

const paging = (counted: string) => ({
  'X-Total-Count': {
    schema: { type: 'integer' as const },
    description: counted,
  },
  Link: {
    schema: { type: 'string' as const },
    description: 'RFC 8288: first, prev, next, last.',
  },
});

export function DescribeCreateImport(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'importTenants',
      summary: 'Add many tenants',
      description:
        'The body is read as it comes, one JSON object on each line; 10,000 rows and 64 MiB at most, 512 KiB on a line. The rows are worked off in the background, each for itself: a bad one harms no other, and a file that is sent twice adds nothing. An import ends early when the token that has sent it is revoked, expires or loses its scope. A caller has three imports on their way at most, uploads included (503 beyond); an upload that sends less than 16 KiB in 15 seconds or takes longer than 5 minutes is given up (400).',
    }),
    ApiConsumes(...NDJSON_TYPES),
    ApiBody({ type: ImportRowDto, description: 'One on each line.' }),
    ApiAcceptedResponse({
      type: ImportResponseDto,
      description: 'The file is here; its rows are worked off.',
      headers: {
        ...REPLAYED,
        Location: {
          schema: { type: 'string' },
          description: 'Path of the report.',
        },
      },
    }),
    ApiBodyProblems(),
    ApiCommonProblems(),
  );
}

export function DescribeListImports(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'listTenantImports',
      summary: 'List imports, newest first',
      description: 'Reports are kept for 30 days.',
    }),
    ApiOkResponse({
      type: [ImportResponseDto],
      headers: paging('Number of all imports.'),
    }),
    ApiProblem(422, 'VALIDATION_FAILED'),
    ApiCommonProblems(),
  );
}

export function DescribeGetImport(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'getTenantImport',
      summary: 'Get an import and what became of its rows',
    }),
    ImportIdParameter(),
    ApiOkResponse({
      type: ImportReportDto,
      headers: paging('Number of all rows, or of those that failed.'),
    }),
    ApiProblem(404, 'IMPORT_NOT_FOUND'),
    ApiProblem(422, 'VALIDATION_FAILED'),
    ApiCommonProblems(),
  );
}

export function DescribeCancelImport(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'cancelTenantImport',
      summary: 'End an import before its last row',
      description:
        'What is added stays added; the rows that it has not come to are erased. An import that has ended already stays as it is. Takes no body.',
    }),
    ImportIdParameter(),
    UseInterceptors(CancelledImportInterceptor),
    ApiExtraModels(ImportResponseDto, CancelledImportDto),
    ApiOkResponse({
      description:
        'The import as it is then, whole for tokens that may read it (`tenants:read`).',
      headers: REPLAYED,
      schema: {
        anyOf: [
          { $ref: getSchemaPath(ImportResponseDto) },
          { $ref: getSchemaPath(CancelledImportDto) },
        ],
      },
    }),
    ApiProblem(404, 'IMPORT_NOT_FOUND'),
    ApiBodyProblems(),
    ApiCommonProblems(),
  );
}

function ImportIdParameter(): MethodDecorator {
  return ApiParam({
    name: 'id',
    description: 'Number of the import.',
    schema: { type: 'integer', minimum: 1, example: 7 },
  });
}
