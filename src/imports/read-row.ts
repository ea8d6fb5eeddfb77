import {
  MalformedRequestError,
  ValidationFailedError,
} from '../common/errors/common.errors.js';
import { parseJsonBytes } from '../http/parse-json.js';
import { foldUsername } from '../common/validation/credential-fields.js';
import { validateDto } from '../common/validation/validate-dto.js';
import { ImportRowDto } from './dto/import-row.dto.js';
import type { RowFault } from './row-fault.js';

/** A line that keeps the rules, or what is wrong with it and whom it is about, as far as that can be told. */
export type ReadRow =
  | { row: ImportRowDto; username: string }
  | { faults: RowFault[]; username: string | null };

const BOTH_PASSWORDS: RowFault = {
  pointer: '/password_hash',
  code: 'INVALID_FORMAT',
};

/** @param bytes of the line; undefined when it is longer than a line may be. */
export function readRow(bytes: Buffer | undefined): ReadRow {
  if (bytes === undefined) return unreadable('BODY_TOO_LARGE');
  let input: unknown;
  try {
    input = parseJsonBytes(bytes);
    const row = validateDto(ImportRowDto, input, { unknown: 'refuse' });
    return hasBothPasswords(row)
      ? refused(input, [])
      : { row, username: row.username };
  } catch (error) {
    if (error instanceof MalformedRequestError)
      return unreadable('MALFORMED_REQUEST');
    if (!(error instanceof ValidationFailedError)) throw error;
    return refused(input, error.fields);
  }
}

/** Whether the line is no JSON object at all. */
export function isUnreadable(row: ReadRow): boolean {
  return 'faults' in row && row.faults.some(({ pointer }) => pointer === '');
}

function unreadable(code: 'BODY_TOO_LARGE' | 'MALFORMED_REQUEST'): ReadRow {
  return { faults: [{ pointer: '', code }], username: null };
}

function refused(input: unknown, fields: readonly RowFault[]): ReadRow {
  const known = new Set(fields.map(({ pointer }) => pointer));
  const faults =
    hasBothPasswords(input) && !known.has(BOTH_PASSWORDS.pointer)
      ? [...fields, BOTH_PASSWORDS]
      : [...fields];
  // Only a name that keeps the rules: whatever else stands in its place might be a secret.
  const username = known.has('/username')
    ? undefined
    : textAt(input, 'username');
  return {
    faults,
    username: username === undefined ? null : foldUsername(username),
  };
}

function hasBothPasswords(input: unknown): boolean {
  return (
    textAt(input, 'password') !== undefined &&
    textAt(input, 'password_hash') !== undefined
  );
}

function textAt(input: unknown, name: string): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const value: unknown = Object.entries(input).find(
    ([key]) => key === name,
  )?.[1];
  return typeof value === 'string' ? value : undefined;
}
