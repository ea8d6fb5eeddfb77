import {
  BodyTooLargeError,
  ValidationFailedError,
} from '../../../common/errors/common.errors.js';
import type { FieldErrorCode } from '../../../common/errors/domain.error.js';
import { toDomainError } from '../../../http/errors/to-domain-error.js';
import type { ImportUpload } from './import-upload.interceptor.js';

/**
 * The import that the file of a form has become.
 * @throws ValidationFailedError of the field `file`, for it to be said beside it.
 */
export function importedId({ importId, error }: ImportUpload): number {
  if (error !== undefined) throw fileError(error);
  if (importId === undefined) throw badFile('REQUIRED');
  return importId;
}

function fileError(thrown: unknown): Error {
  const error = toDomainError(thrown);
  if (error instanceof BodyTooLargeError) return badFile('TOO_LONG');
  if (error instanceof ValidationFailedError)
    return badFile(isEmpty(error) ? 'TOO_SHORT' : 'INVALID_FORMAT');
  return error.status < 500 ? badFile('WRONG_TYPE') : error;
}

function badFile(code: FieldErrorCode): ValidationFailedError {
  return new ValidationFailedError([{ pointer: '/file', code }]);
}

function isEmpty({ fields }: ValidationFailedError): boolean {
  return fields.some(({ code }) => code === 'REQUIRED');
}
