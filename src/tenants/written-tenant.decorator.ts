import { applyDecorators, UseInterceptors } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiResponse,
  type ApiResponseCommonMetadata,
  getSchemaPath,
} from '@nestjs/swagger';
import { VERSION_TAG } from '../http/openapi/version.decorators.js';
import { TenantResponseDto } from './dto/tenant-response.dto.js';
import { WrittenTenantDto } from './dto/written-tenant.dto.js';
import { WrittenTenantInterceptor } from './written-tenant.interceptor.js';

/** For a handler that answers with the tenant that it has written. Stands below `@Idempotent`, so that it sees replayed answers too. */
export function AnswersWrittenTenant(
  status: 200 | 201,
  headers: ApiResponseCommonMetadata['headers'] = {},
): MethodDecorator {
  return applyDecorators(
    UseInterceptors(WrittenTenantInterceptor),
    ApiExtraModels(TenantResponseDto, WrittenTenantDto),
    ApiResponse({
      status,
      description:
        'The tenant, whole for tokens that may read it (`tenants:read`).',
      headers: { ...VERSION_TAG, ...headers },
      schema: {
        anyOf: [
          { $ref: getSchemaPath(TenantResponseDto) },
          { $ref: getSchemaPath(WrittenTenantDto) },
        ],
      },
    }),
  );
}
