import { DomainError } from '../common/errors/domain.error.js';

export class TenantNotFoundError extends DomainError {
  readonly code = 'TENANT_NOT_FOUND';
  readonly status = 404;
}
