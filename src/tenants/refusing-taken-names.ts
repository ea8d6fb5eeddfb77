import { UsernameTakenError } from '../common/errors/username-taken.error.js';
import { isUniqueViolation } from '../database/query-errors.js';

/** A write to `tenants`, in which only the username can be there twice. @throws UsernameTakenError */
export async function refusingTakenNames<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    throw isUniqueViolation(error) ? new UsernameTakenError() : error;
  }
}
