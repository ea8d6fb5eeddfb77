import {
  DomainError,
  type ErrorReason,
} from '../common/errors/domain.error.js';

export class UnauthenticatedError extends DomainError {
  readonly code = 'UNAUTHENTICATED';
  override readonly headers = { 'WWW-Authenticate': 'Bearer' };
}

export class InsufficientScopeError extends DomainError {
  readonly code = 'INSUFFICIENT_SCOPE';
  override readonly reason: ErrorReason | undefined;

  /** @param missing scope, where it is one that is missing. */
  constructor(missing?: string) {
    super();
    this.reason =
      missing === undefined
        ? undefined
        : { name: 'SCOPE_NEEDED', params: { scope: missing } };
  }
}

export class CsrfRejectedError extends DomainError {
  readonly code = 'CSRF_REJECTED';
}

/** A page was asked for without a session: answered by the way to the sign-in page. */
export class SignInRequiredError extends DomainError {
  readonly code = 'UNAUTHENTICATED';
  override readonly headers = { Location: '/login' };

  override get status(): number {
    return 303;
  }
}

/** An admin who cannot be disabled: oneself, or the last active one. */
export class AdminNeededError extends DomainError {
  readonly code = 'ADMIN_NEEDED';
}

/** The name or the password is wrong; which of them is nobody's business. */
export class SignInFailedError extends DomainError {
  readonly code = 'UNAUTHENTICATED';
}
