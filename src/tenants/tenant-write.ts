import { UsernameTakenError } from '../common/errors/username-taken.error.js';
import { isUniqueViolation } from '../database/query-errors.js';
import { obeyingRules } from '../database/sqlite/refused-writes.js';

/** Of our own indexes on usernames. Other things that may not be there twice are others' rules. */
const USERNAME = /\b(?:tenants\.username|ix_tenants_username)/i;

/**
 * A write to `tenants`.
 * @throws UsernameTakenError, or WriteRefusedError where a rule that others have added to the database stops it.
 */
export function tenantWrite<T>(write: Promise<T>): Promise<T> {
  return obeyingRules(
    write.catch((error: unknown) => {
      throw isUniqueViolation(error, USERNAME)
        ? new UsernameTakenError()
        : error;
    }),
  );
}
