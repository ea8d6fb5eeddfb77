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

/** Every code that an answer can carry, and the HTTP status that it carries it with. */
export const ERROR_STATUSES = {
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
  WRITE_REFUSED: 409,
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
} as const;
export type ErrorCode = keyof typeof ERROR_STATUSES;
// `Object.keys` gives strings; these are the keys of a literal.
export const ERROR_CODES = Object.keys(ERROR_STATUSES) as ErrorCode[];

/** Why, where one code has several causes that ask for different things to be done. */
export interface ErrorReason {
  name: 'SCOPE_NEEDED' | 'OWN_IMPORTS';
  params: Record<string, string | number>;
}

/**
 * What services throw: a stable code, which has its HTTP status, and parameters for its text.
 * The text itself is chosen at the edge, in the caller's language.
 */
export abstract class DomainError extends Error {
  abstract readonly code: ErrorCode;
  readonly headers: Record<string, string> = {};
  readonly fields: readonly FieldError[] = [];
  /** Says more than the text of the code. */
  readonly reason?: ErrorReason;

  get status(): number {
    return ERROR_STATUSES[this.code];
  }

  override get name(): string {
    return this.constructor.name;
  }
}
