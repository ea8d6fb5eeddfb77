import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  getSchemaPath,
} from '@nestjs/swagger';
import {
  ApiCommonProblems,
  ApiProblem,
} from '../../http/openapi/problem.decorators.js';
import { exportHeader, exportRecord } from './tenant-records.js';
import { TenantResponseDto } from '../dto/tenant-response.dto.js';

/** The OpenAPI side of `ExportsController`. */
const CSV = { format: 'csv', delimiter: 'comma' } as const;
const CSV_EXAMPLE =
  exportHeader(CSV) +
  exportRecord(
    {
      id: 42,
      username: 'gunes_dis',
      business_name: 'Güneş Diş Kliniği',
      system_prompt: 'Sen Güneş Diş Kliniği’nin sanal resepsiyonistisin.',
      status: 'active',
      openai_api_key_hint: '1b2A',
      openai_api_key_state: 'ok',
      version: 1,
      created_at: '2026-11-22T18:39:00.000Z',
      updated_at: null,
    },
    CSV,
  );

export function DescribeExport(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'exportTenants',
      summary: 'Get all tenants as a file',
      description:
        'In order of id, without secrets. NDJSON has one tenant on each line. CSV (RFC 4180, UTF-8 with a byte order mark) is for spreadsheets: text that one might take for a formula has an apostrophe in front. An export that fails on its way breaks the connection.',
    }),
    ApiExtraModels(TenantResponseDto),
    ApiOkResponse({
      description: 'The file.',
      headers: {
        'Content-Disposition': {
          schema: { type: 'string' },
          description: 'A name for the file, with the day in it.',
        },
      },
      content: {
        'application/x-ndjson': {
          schema: { $ref: getSchemaPath(TenantResponseDto) },
        },
        'text/csv': { schema: { type: 'string' }, example: CSV_EXAMPLE },
      },
    }),
    ApiProblem(422, 'VALIDATION_FAILED'),
    ApiCommonProblems(),
  );
}
