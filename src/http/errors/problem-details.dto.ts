import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  errorDetail,
  fieldErrorMessage,
  messages,
} from '../../common/i18n/messages.js';
import type { RequestContext } from '../request-context.js';
import {
  type DomainError,
  ERROR_CODES,
  type ErrorCode,
  FIELD_ERROR_CODES,
  type FieldErrorCode,
} from '../../common/errors/domain.error.js';

/** Stands in the examples of the documentation. */
export const EXAMPLE_REQUEST_ID = '3f0c7a52-6d1e-4b8a-9c3d-5e2f7a1b4c60';

export class FieldProblemDto {
  @ApiProperty({
    description:
      'RFC 6901 JSON pointer into the body, or `/name` of a query parameter.',
    example: '/username',
  })
  pointer: string;

  @ApiProperty({ enum: FIELD_ERROR_CODES, example: 'TOO_SHORT' })
  code: FieldErrorCode;

  @ApiProperty({ example: 'Kullanıcı adı en az 3 karakter olmalı.' })
  message: string;
}

/** RFC 9457. */
export class ProblemDetailsDto {
  @ApiProperty({
    format: 'uri-reference',
    example: '/api/docs#VALIDATION_FAILED',
  })
  type: string;

  @ApiProperty({ example: 'Geçersiz veri' })
  title: string;

  @ApiProperty({ type: 'integer', example: 422 })
  status: number;

  @ApiProperty({
    example: 'Gönderilen veri kurallara uymuyor; ayrıntılar errors alanında.',
  })
  detail: string;

  @ApiProperty({ enum: ERROR_CODES, example: 'VALIDATION_FAILED' })
  code: ErrorCode;

  @ApiProperty({
    format: 'uuid',
    description: 'Equals the `X-Request-Id` header.',
    example: EXAMPLE_REQUEST_ID,
  })
  request_id: string;

  @ApiPropertyOptional({ type: [FieldProblemDto] })
  errors?: FieldProblemDto[];
}

export function toProblemDetails(
  error: Pick<DomainError, 'code' | 'status' | 'fields' | 'reason'>,
  { locale, requestId }: RequestContext,
): ProblemDetailsDto {
  const { title } = messages(locale).errors[error.code];
  const detail = errorDetail(locale, error);
  const errors = error.fields.map((field) => ({
    pointer: field.pointer,
    code: field.code,
    message: fieldErrorMessage(locale, field),
  }));
  return {
    type: `/api/docs#${error.code}`,
    title,
    status: error.status,
    detail,
    code: error.code,
    request_id: requestId,
    ...(errors.length > 0 && { errors }),
  };
}
