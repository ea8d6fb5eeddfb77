import { DomainError } from '../common/errors/domain.error.js';

export class UnauthenticatedError extends DomainError {
  readonly code = 'UNAUTHENTICATED';
  readonly status = 401;
  override readonly headers = { 'WWW-Authenticate': 'Bearer' };
}

export class InsufficientScopeError extends DomainError {
  readonly code = 'INSUFFICIENT_SCOPE';
  readonly status = 403;
}

export class CsrfRejectedError extends DomainError {
  readonly code = 'CSRF_REJECTED';
  readonly status = 403;
}

/** A page was asked for without a session: answered by the way to the sign-in page. */
export class SignInRequiredError extends DomainError {
  readonly code = 'UNAUTHENTICATED';
  readonly status = 303;
  override readonly headers = { Location: '/login' };
}

/** An admin who cannot be disabled: oneself, or the last active one. */
export class AdminNeededError extends DomainError {
  readonly code = 'ADMIN_NEEDED';
  readonly status = 409;
}

/** The name or the password is wrong; which of them is nobody's business. */
export class SignInFailedError extends DomainError {
  readonly code = 'UNAUTHENTICATED';
  readonly status = 401;
}
