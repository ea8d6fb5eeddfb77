import { HttpException } from '@nestjs/common';
import { isDatabaseUnavailable } from '../../database/query-errors.js';
import {
  BodyTooLargeError,
  InternalError,
  MalformedRequestError,
  RouteNotFoundError,
  UnavailableError,
  UnsupportedMediaTypeError,
  VersionConflictError,
} from '../../common/errors/common.errors.js';
import { DomainError } from '../../common/errors/domain.error.js';

const RETRY_AFTER_SECONDS = 5;

/** Gives every error that can reach the edge a code: ours as they are, the framework's by status, all else is internal. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (isDatabaseUnavailable(error))
    return new UnavailableError(RETRY_AFTER_SECONDS, { cause: error });
  if (isOutOfFiles(error))
    return new UnavailableError(RETRY_AFTER_SECONDS, { cause: error });
  const status = frameworkStatus(error) ?? 500;
  switch (status) {
    case 404:
      return new RouteNotFoundError();
    case 412:
      return new VersionConflictError();
    case 413:
      return new BodyTooLargeError();
    case 415:
      return new UnsupportedMediaTypeError();
    default:
      // Whatever else they refuse is the caller's fault, as a `Range` beyond the end of a file.
      return status >= 400 && status < 500
        ? new MalformedRequestError()
        : new InternalError('', { cause: error });
  }
}

/** The process, or the system, has as many files open as it may: a socket, a page's picture, a worker's module. */
function isOutOfFiles(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EMFILE' || error.code === 'ENFILE')
  );
}

/** The status of Nest's exceptions and of the `http-errors` that Express and its parsers throw. */
function frameworkStatus(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (
    error instanceof Error &&
    'status' in error &&
    typeof error.status === 'number'
  )
    return error.status;
  return undefined;
}
