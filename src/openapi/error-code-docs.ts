import {
  ERROR_CODES,
  type ErrorCode,
  FIELD_ERROR_CODES,
  type FieldErrorCode,
} from '../common/errors/domain.error.js';
import type { Locale } from '../common/i18n/locale.js';
import { messages } from '../common/i18n/messages.js';
import { errorHelp as en } from './error-help.en.js';
import { errorHelp as tr } from './error-help.tr.js';

export interface DocumentedError {
  /** Also the anchor that a problem's `type` leads to. */
  code: ErrorCode;
  status: number;
  title: string;
  detail: string;
  /** What the caller can do about it. */
  help: string;
}

export interface DocumentedFieldError {
  code: FieldErrorCode;
  help: string;
}

export interface ErrorHelp {
  errors: Record<ErrorCode, string>;
  fieldErrors: Record<FieldErrorCode, string>;
}

const HELP: Record<Locale, ErrorHelp> = { tr, en };

const STATUSES: Record<ErrorCode, number> = {
  MALFORMED_REQUEST: 400,
  UNAUTHENTICATED: 401,
  INSUFFICIENT_SCOPE: 403,
  CSRF_REJECTED: 403,
  TENANT_SUSPENDED: 403,
  TENANT_NOT_FOUND: 404,
  IMPORT_NOT_FOUND: 404,
  ROUTE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  USERNAME_TAKEN: 409,
  ADMIN_NEEDED: 409,
  IDEMPOTENCY_IN_PROGRESS: 409,
  VERSION_CONFLICT: 412,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  VALIDATION_FAILED: 422,
  IDEMPOTENCY_KEY_REUSED: 422,
  TOO_MANY_REQUESTS: 429,
  UNAVAILABLE: 503,
  INTERNAL_ERROR: 500,
};

export function documentedErrors(locale: Locale): DocumentedError[] {
  return ERROR_CODES.map((code) => ({
    code,
    status: STATUSES[code],
    ...messages(locale).errors[code],
    help: HELP[locale].errors[code],
  }));
}

export function documentedFieldErrors(locale: Locale): DocumentedFieldError[] {
  return FIELD_ERROR_CODES.map((code) => ({
    code,
    help: HELP[locale].fieldErrors[code],
  }));
}
