import type { Response } from 'express';
import type { DomainError } from '../../../common/errors/domain.error.js';
import { toDomainError } from '../../../http/errors/to-domain-error.js';
import { contextOf } from '../../../http/request-context.js';
import { durationText } from '../../../common/i18n/duration-text.js';
import type { Locale } from '../../../common/i18n/locale.js';
import {
  errorDetail,
  fieldErrorMessage,
  interpolate,
  messages,
} from '../../../common/i18n/messages.js';

export interface FormPage {
  view: string;
  /** What the page shows besides the form's errors: what was typed too, without secrets. */
  model: object;
  /** The field to go to when none in particular is wrong. */
  focus?: string;
}

interface FormErrors {
  /** By field. */
  errors: Record<string, string>;
  /** The same in the order of the page. */
  errorList: { field: string; message: string }[];
  /** What is wrong with the form as a whole. */
  problem?: string;
  focus?: string;
}

/** Answers with which the form comes back for another try; anything else is an error page. */
const MENDABLE = new Set([
  'VALIDATION_FAILED',
  'USERNAME_TAKEN',
  'WRITE_REFUSED',
  'UNAUTHENTICATED',
  'TENANT_SUSPENDED',
  'TOO_MANY_REQUESTS',
  'UNAVAILABLE',
]);
const PAGE_ORDER = [
  'business_name',
  'username',
  'password',
  'openai_api_key',
  'system_prompt',
  'current_password',
  'new_password',
  'new_password_again',
  'name',
  'scopes',
  'tenant_id',
  'expires_in_days',
];

/**
 * Runs a form's action and goes to the page that it names (303, so that a reload repeats nothing);
 * an action that names none has answered by itself.
 * When it is refused the form comes back with its status, what was typed, and each message beside its field.
 */
export async function submitForm(
  response: Response,
  page: FormPage,
  action: () => Promise<string | undefined>,
): Promise<void> {
  try {
    const next = await action();
    if (next !== undefined) response.redirect(303, next);
  } catch (thrown) {
    const error = toDomainError(thrown);
    if (!MENDABLE.has(error.code)) throw thrown;
    response.status(error.status).set(error.headers);
    response.render(page.view, {
      ...page.model,
      ...errorsOf(error, response, page.focus),
    });
  }
}

function errorsOf(
  error: DomainError,
  response: Response,
  focus: string | undefined,
): FormErrors {
  const { locale } = contextOf(response);
  if (error.code === 'USERNAME_TAKEN')
    return fieldErrors([
      {
        field: 'username',
        message: messages(locale).errors[error.code].detail,
      },
    ]);
  if (error.fields.length > 0)
    return fieldErrors(
      error.fields.map((field) => ({
        field: field.pointer.slice(1),
        message: fieldErrorMessage(locale, field),
      })),
    );
  const problem = problemOf(error, locale);
  return { errors: {}, errorList: [], problem, focus };
}

function problemOf(error: DomainError, locale: Locale): string {
  const { code, headers } = error;
  const { signInFailed, waitBeforeRetry } = messages(locale);
  if (code === 'UNAUTHENTICATED') return signInFailed;
  if (code === 'TOO_MANY_REQUESTS')
    return interpolate(waitBeforeRetry, {
      time: durationText(locale, Number(headers['Retry-After'])),
    });
  return errorDetail(locale, error);
}

function fieldErrors(unsorted: FormErrors['errorList']): FormErrors {
  const errorList = unsorted.toSorted(
    (a, b) => PAGE_ORDER.indexOf(a.field) - PAGE_ORDER.indexOf(b.field),
  );
  return {
    errors: Object.fromEntries(
      errorList.map(({ field, message }) => [field, message]),
    ),
    errorList,
    focus: errorList[0]?.field,
  };
}
