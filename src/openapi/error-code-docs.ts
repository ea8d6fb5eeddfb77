import {
  ERROR_CODES,
  ERROR_STATUSES,
  type ErrorCode,
  FIELD_ERROR_CODES,
  type FieldErrorCode,
} from '../common/errors/domain.error.js';
import type { Locale } from '../common/i18n/locale.js';
import { messages } from '../common/i18n/messages.js';
import type { ErrorHelp } from './error-help.js';
import { errorHelp as en } from './error-help.en.js';
import { errorHelp as tr } from './error-help.tr.js';

export interface DocumentedError {
  /** Also the anchor that a problem's `type` leads to. */
  code: ErrorCode;
  status: number;
  title: string;
  detail: string;
  /** What the caller can do about it. */
  help: string;
}

export interface DocumentedFieldError {
  code: FieldErrorCode;
  help: string;
}

const HELP: Record<Locale, ErrorHelp> = { tr, en };

export function documentedErrors(locale: Locale): DocumentedError[] {
  return ERROR_CODES.map((code) => ({
    code,
    status: ERROR_STATUSES[code],
    ...messages(locale).errors[code],
    help: HELP[locale].errors[code],
  }));
}

export function documentedFieldErrors(locale: Locale): DocumentedFieldError[] {
  return FIELD_ERROR_CODES.map((code) => ({
    code,
    help: HELP[locale].fieldErrors[code],
  }));
}
