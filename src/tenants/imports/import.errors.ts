import { DomainError } from '../../common/errors/domain.error.js';

export class ImportNotFoundError extends DomainError {
  readonly code = 'IMPORT_NOT_FOUND';
}
