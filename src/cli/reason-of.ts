import type { DomainError } from '../common/errors/domain.error.js';
import { fieldErrorMessage, messages } from '../common/i18n/messages.js';

/** What a refusal is called in front of an operator. */
export function reasonOf(error: DomainError): string {
  if (error.fields.length === 0)
    return messages('tr').errors[error.code].detail;
  return error.fields.map((field) => fieldErrorMessage('tr', field)).join('\n');
}
