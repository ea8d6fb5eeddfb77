export interface FieldError {
  /** RFC 6901 JSON pointer into the request body, or `/name` of a query parameter. */
  pointer: string;
  code: FieldErrorCode;
  params?: Record<string, string | number>;
}

export const FIELD_ERROR_CODES = [
  'REQUIRED',
  'WRONG_TYPE',
  'TOO_SHORT',
  'TOO_LONG',
  'INVALID_FORMAT',
  'INVALID_CHARACTERS',
  'OUT_OF_RANGE',
  'UNKNOWN_FIELD',
] as const;
export type FieldErrorCode = (typeof FIELD_ERROR_CODES)[number];

export const ERROR_CODES = [
  'MALFORMED_REQUEST',
  'UNAUTHENTICATED',
  'INSUFFICIENT_SCOPE',
  'CSRF_REJECTED',
  'TENANT_SUSPENDED',
  'TENANT_NOT_FOUND',
  'IMPORT_NOT_FOUND',
  'ROUTE_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'USERNAME_TAKEN',
  'ADMIN_NEEDED',
  'IDEMPOTENCY_IN_PROGRESS',
  'VERSION_CONFLICT',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'VALIDATION_FAILED',
  'IDEMPOTENCY_KEY_REUSED',
  'TOO_MANY_REQUESTS',
  'UNAVAILABLE',
  'INTERNAL_ERROR',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * What services throw: a stable code, the status it maps to and parameters for its text.
 * The text itself is chosen at the edge, in the caller's language.
 */
export abstract class DomainError extends Error {
  abstract readonly code: ErrorCode;
  abstract readonly status: number;
  readonly headers: Record<string, string> = {};
  readonly fields: readonly FieldError[] = [];

  override get name(): string {
    return this.constructor.name;
  }
}
