import {
  FIELD_ERROR_CODES,
  type FieldErrorCode,
} from '../common/errors/domain.error.js';
import type { Locale } from '../common/i18n/locale.js';
import { fieldErrorMessage, messages } from '../common/i18n/messages.js';

/** Of a whole line, where the fault is in no field of its own. */
const LINE_CODES = [
  'MALFORMED_REQUEST',
  'BODY_TOO_LARGE',
  'USERNAME_TAKEN',
  'WRITE_REFUSED',
  'INTERNAL_ERROR',
] as const;
type LineCode = (typeof LINE_CODES)[number];

export const ROW_FAULT_CODES = [...FIELD_ERROR_CODES, ...LINE_CODES];

/** What is wrong with a row. Stored, so it quotes nothing of the row: the params are the limits of a rule. */
export interface RowFault {
  pointer: string;
  code: FieldErrorCode | LineCode;
  params?: Record<string, string | number>;
}

export const USERNAME_TAKEN: RowFault = {
  pointer: '/username',
  code: 'USERNAME_TAKEN',
};

export const WRITE_REFUSED: RowFault = { pointer: '', code: 'WRITE_REFUSED' };

export function rowFaultMessage(locale: Locale, fault: RowFault): string {
  const { code, ...rest } = fault;
  return isLineCode(code)
    ? messages(locale).importRows[code]
    : fieldErrorMessage(locale, { ...rest, code });
}

function isLineCode(code: RowFault['code']): code is LineCode {
  return LINE_CODES.some((lineCode) => lineCode === code);
}
