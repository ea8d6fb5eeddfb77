import { DomainError, type FieldError } from './domain.error.js';

export class MalformedRequestError extends DomainError {
  readonly code = 'MALFORMED_REQUEST';
  readonly status = 400;
}

export class RouteNotFoundError extends DomainError {
  readonly code = 'ROUTE_NOT_FOUND';
  readonly status = 404;
}

export class MethodNotAllowedError extends DomainError {
  readonly code = 'METHOD_NOT_ALLOWED';
  readonly status = 405;
  override readonly headers: Record<string, string>;

  constructor(allowed: readonly string[]) {
    super();
    this.headers = { Allow: allowed.join(', ') };
  }
}

/** What the caller saw has been changed by somebody else since. */
export class VersionConflictError extends DomainError {
  readonly code = 'VERSION_CONFLICT';
  readonly status = 412;
}

export class BodyTooLargeError extends DomainError {
  readonly code = 'BODY_TOO_LARGE';
  readonly status = 413;
}

export class UnsupportedMediaTypeError extends DomainError {
  readonly code = 'UNSUPPORTED_MEDIA_TYPE';
  readonly status = 415;
}

export class ValidationFailedError extends DomainError {
  readonly code = 'VALIDATION_FAILED';
  readonly status = 422;

  constructor(override readonly fields: readonly FieldError[]) {
    super();
  }
}

export class TooManyRequestsError extends DomainError {
  readonly code = 'TOO_MANY_REQUESTS';
  readonly status = 429;
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
  readonly status = 503;
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
  readonly status = 500;
}
