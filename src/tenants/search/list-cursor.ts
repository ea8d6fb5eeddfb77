import { ValidationFailedError } from '../../common/errors/common.errors.js';
import type { TenantSort } from './tenant-filter.js';

/** A place in a sorted list: behind the row that has this value in the sorted column, and this id. */
export interface Position {
  value: string;
  id: number;
}

/** The opaque text of a position. It names the sort, in another one the place would mean nothing. */
export function encodeCursor(
  sort: TenantSort,
  { value, id }: Position,
): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');
}

/** @throws ValidationFailedError for all that `encodeCursor` has not made for this sort. */
export function decodeCursor(sort: TenantSort, cursor: string): Position {
  const position = parse(sort, cursor);
  // Buffer passes over what is no base64; a cursor has one spelling.
  if (position === undefined || encodeCursor(sort, position) !== cursor)
    throw new ValidationFailedError([
      { pointer: '/after', code: 'INVALID_FORMAT' },
    ]);
  return position;
}

function parse(sort: TenantSort, cursor: string): Position | undefined {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(content) || content.length !== 3) return undefined;
  const [madeFor, value, id] = content as unknown[];
  return madeFor === sort &&
    typeof value === 'string' &&
    value.isWellFormed() &&
    !value.includes('\0') &&
    typeof id === 'number' &&
    Number.isSafeInteger(id) &&
    id > 0
    ? { value, id }
    : undefined;
}
