import { DomainError, type FieldError } from './domain.error.js';

export class MalformedRequestError extends DomainError {
  readonly code = 'MALFORMED_REQUEST';
}

export class RouteNotFoundError extends DomainError {
  readonly code = 'ROUTE_NOT_FOUND';
}

export class MethodNotAllowedError extends DomainError {
  readonly code = 'METHOD_NOT_ALLOWED';
  override readonly headers: Record<string, string>;

  constructor(allowed: readonly string[]) {
    super();
    this.headers = { Allow: allowed.join(', ') };
  }
}

/** What the caller saw has been changed by somebody else since. */
export class VersionConflictError extends DomainError {
  readonly code = 'VERSION_CONFLICT';
}

export class BodyTooLargeError extends DomainError {
  readonly code = 'BODY_TOO_LARGE';
}

export class UnsupportedMediaTypeError extends DomainError {
  readonly code = 'UNSUPPORTED_MEDIA_TYPE';
}

export class ValidationFailedError extends DomainError {
  readonly code = 'VALIDATION_FAILED';

  constructor(override readonly fields: readonly FieldError[]) {
    super();
  }
}

export class TooManyRequestsError extends DomainError {
  readonly code = 'TOO_MANY_REQUESTS';
  override readonly headers: Record<string, string>;

  constructor(retryAfterSeconds: number) {
    super();
    this.headers = {
      'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))),
    };
  }
}

/** A part that the request needs is overloaded or away for the moment. */
export class UnavailableError extends DomainError {
  readonly code = 'UNAVAILABLE';
  override readonly headers: Record<string, string>;

  constructor(retryAfterSeconds: number, options?: ErrorOptions) {
    super('', options);
    this.headers = {
      'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))),
    };
  }
}

export class InternalError extends DomainError {
  readonly code = 'INTERNAL_ERROR';
}
