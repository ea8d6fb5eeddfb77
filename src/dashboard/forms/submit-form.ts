import type { Response } from 'express';
import type { DomainError } from '../../common/errors/domain.error.js';
import { toDomainError } from '../../common/errors/to-domain-error.js';
import { contextOf } from '../../common/http/request-context.js';
import { fieldErrorMessage, messages } from '../../common/i18n/messages.js';

export interface FormPage {
  view: string;
  /** What the page shows besides the form's values and errors. */
  model: object;
  /** What was typed, without secrets. */
  values: Record<string, string>;
}

/** Answers with which the form comes back for another try; anything else is an error page. */
const MENDABLE = new Set([
  'VALIDATION_FAILED',
  'USERNAME_TAKEN',
  'UNAUTHENTICATED',
  'TOO_MANY_REQUESTS',
  'UNAVAILABLE',
]);

/**
 * Runs a form's action and goes to the page that it names (303, so that a reload repeats nothing).
 * When it is refused the form comes back with its status, what was typed, and each message beside its field.
 */
export async function submitForm(
  response: Response,
  page: FormPage,
  action: () => Promise<string>,
): Promise<void> {
  try {
    response.redirect(303, await action());
  } catch (thrown) {
    const error = toDomainError(thrown);
    if (!MENDABLE.has(error.code)) throw thrown;
    response.status(error.status).set(error.headers);
    response.render(page.view, {
      ...page.model,
      values: page.values,
      ...errorsOf(error, response),
    });
  }
}

function errorsOf(
  error: DomainError,
  response: Response,
): { errors: Record<string, string>; problem?: string } {
  const { locale } = contextOf(response);
  const { detail } = messages(locale).errors[error.code];
  if (error.code === 'USERNAME_TAKEN') return { errors: { username: detail } };
  if (error.fields.length === 0)
    return {
      errors: {},
      problem:
        error.code === 'UNAUTHENTICATED'
          ? messages(locale).signInFailed
          : detail,
    };
  return {
    errors: Object.fromEntries(
      error.fields.map((field) => [
        field.pointer.slice(1),
        fieldErrorMessage(locale, field),
      ]),
    ),
  };
}
