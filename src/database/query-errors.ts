import { QueryFailedError } from 'typeorm';
import { UnavailableError } from '../common/errors/common.errors.js';
import { sqliteErrorCode } from './sqlite/sqlite.js';

/** The disk is full, away, worn out or read-only. */
const STORAGE_FAULTS = [
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
];
/** What it holds is damaged: no request is to blame, and it does not pass by itself. */
const DAMAGE = ['SQLITE_CORRUPT', 'SQLITE_NOTADB'];
const PASSING = new Set([
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_PROTOCOL',
  ...STORAGE_FAULTS,
]);

/** Whether a constraint or a trigger refused the write. */
export function isConstraintViolation(
  error: unknown,
): error is QueryFailedError {
  return (
    error instanceof QueryFailedError &&
    sqliteErrorCode(error.driverError) === 'SQLITE_CONSTRAINT'
  );
}

/** Whether a unique index refused the write. @param of what has to be unique, as SQLite names it. */
export function isUniqueViolation(error: unknown, of = /./): boolean {
  if (!isConstraintViolation(error)) return false;
  const { message } = error.driverError;
  return (
    /UNIQUE constraint failed|index .* UNIQUE/i.test(message) &&
    of.test(message)
  );
}

/** Whether the database is away, full, busy or damaged: nothing is wrong with the request, it may come again. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return isPassing(error) || DAMAGE.includes(driverErrorCode(error) ?? '');
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof QueryFailedError &&
    PASSING.has(sqliteErrorCode(error.driverError) ?? '')
  );
}

/** Whether a write failed because of where it is stored, and not because another was faster. */
export function isStorageFault(error: unknown): boolean {
  return (
    error instanceof QueryFailedError &&
    STORAGE_FAULTS.includes(sqliteErrorCode(error.driverError) ?? '')
  );
}

/** Whether the same work may succeed in a moment. */
export function willPass(error: unknown): boolean {
  return error instanceof UnavailableError || isPassing(error);
}

/** SQLite's code of an error, whether TypeORM or the driver itself has thrown it. */
export function driverErrorCode(error: unknown): string | undefined {
  return sqliteErrorCode(
    error instanceof QueryFailedError ? error.driverError : error,
  );
}
