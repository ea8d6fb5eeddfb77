import { UnavailableError } from '../common/errors/common.errors.js';
import {
  DomainError,
  type ErrorReason,
} from '../common/errors/domain.error.js';
import { MAX_UNFINISHED_EACH } from './import-limits.js';

export class ImportNotFoundError extends DomainError {
  readonly code = 'IMPORT_NOT_FOUND';
}

/** The caller has as many on their way as one may have. */
export class OwnImportsError extends UnavailableError {
  override readonly reason: ErrorReason = {
    name: 'OWN_IMPORTS',
    params: { most: MAX_UNFINISHED_EACH },
  };
}
