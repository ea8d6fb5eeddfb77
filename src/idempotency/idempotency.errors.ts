import { DomainError } from '../common/errors/domain.error.js';

/** The key has been used for another request. */
export class IdempotencyKeyReusedError extends DomainError {
  readonly code = 'IDEMPOTENCY_KEY_REUSED';
}

/** The first request with this key has not been answered yet. */
export class IdempotencyInProgressError extends DomainError {
  readonly code = 'IDEMPOTENCY_IN_PROGRESS';
  override readonly headers = { 'Retry-After': '1' };
}
