import type { EntityManager } from 'typeorm';
import { WriteRefusedError } from '../../common/errors/write-refused.error.js';
import { isConstraintViolation } from '../query-errors.js';

/**
 * A write to a table that others may have added rules to.
 * @throws WriteRefusedError when one of them raises an error.
 */
export async function obeyingRules<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    throw isConstraintViolation(error)
      ? new WriteRefusedError({ cause: error })
      : error;
  }
}

/**
 * Proves that the statement before has changed its rows: a trigger may have dropped it without a word (`RAISE(IGNORE)`).
 * What triggers change themselves is not counted.
 * @throws WriteRefusedError
 */
export async function assertWritten(
  manager: EntityManager,
  rows = 1,
): Promise<void> {
  const [{ changes }] = await manager.query<[{ changes: number }]>(
    'SELECT changes() AS changes',
  );
  if (changes !== rows) throw new WriteRefusedError();
}
