import { DomainError } from './domain.error.js';

export class UsernameTakenError extends DomainError {
  readonly code = 'USERNAME_TAKEN';
}
