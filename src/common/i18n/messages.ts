import type { DomainError, FieldError } from '../errors/domain.error.js';
import { en } from './en.js';
import type { Locale } from './locale.js';
import { type Messages, tr } from './tr.js';

const CATALOGUES: Record<Locale, Messages> = { tr, en };

export function messages(locale: Locale): Messages {
  return CATALOGUES[locale];
}

/** Replaces `{name}` by its parameter; an unknown name stays as it is. */
export function interpolate(
  text: string,
  params: Record<string, string | number> = {},
): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    String(params[name] ?? placeholder),
  );
}

export function errorDetail(
  locale: Locale,
  { code, reason }: Pick<DomainError, 'code' | 'reason'>,
): string {
  const { errors, errorReasons } = messages(locale);
  return reason === undefined
    ? errors[code].detail
    : interpolate(errorReasons[reason.name], reason.params);
}

export function fieldErrorMessage(locale: Locale, error: FieldError): string {
  const { fields, validation, fieldValidation } = messages(locale);
  const field = error.pointer === '' ? 'body' : error.pointer.slice(1);
  const labels: Record<string, string> = fields;
  const label = Object.hasOwn(labels, field) ? labels[field] : fields.other;
  const text =
    fieldValidation[`${field}.${error.code}`] ?? validation[error.code];
  return interpolate(text, { field: label ?? fields.other, ...error.params });
}
