import { DomainError } from '../common/errors/domain.error.js';

export class TenantNotFoundError extends DomainError {
  readonly code = 'TENANT_NOT_FOUND';
}

/** A tenant that an admin has suspended may not use its own account. */
export class TenantSuspendedError extends DomainError {
  readonly code = 'TENANT_SUSPENDED';
}
