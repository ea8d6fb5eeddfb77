import { QueryFailedError } from 'typeorm';
import { UnavailableError } from '../common/errors/common.errors.js';
import { sqliteErrorCode } from './sqlite.js';

const PASSING = new Set([
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
]);

/** Whether a unique index refused the write. */
export function isUniqueViolation(error: unknown): boolean {
  return (
    error instanceof QueryFailedError &&
    sqliteErrorCode(error.driverError) === 'SQLITE_CONSTRAINT' &&
    /UNIQUE constraint failed|index .* UNIQUE/i.test(error.driverError.message)
  );
}

/** Whether the database is away, full or busy: nothing is wrong with the request, it may come again. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return (
    error instanceof QueryFailedError &&
    PASSING.has(sqliteErrorCode(error.driverError) ?? '')
  );
}

/** Whether the same work may succeed in a moment. */
export function willPass(error: unknown): boolean {
  return error instanceof UnavailableError || isDatabaseUnavailable(error);
}

/** SQLite's code of an error, whether TypeORM or the driver itself has thrown it. */
export function driverErrorCode(error: unknown): string | undefined {
  return sqliteErrorCode(
    error instanceof QueryFailedError ? error.driverError : error,
  );
}
