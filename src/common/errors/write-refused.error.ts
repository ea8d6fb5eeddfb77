import { DomainError } from './domain.error.js';

/** A rule that others have added to the database, such as a trigger, stops the write. Nothing of it stands. */
export class WriteRefusedError extends DomainError {
  readonly code = 'WRITE_REFUSED';

  constructor(options: ErrorOptions = {}) {
    super('', options);
  }
}
