import type { Locale } from '../../../common/i18n/locale.js';
import type { Delimiter } from '../../../tenants/exports/csv.js';

/** What the reader's spreadsheet program takes for the end of a cell when a file is opened by a double click. */
export function delimiterOf(locale: Locale): Delimiter {
  return locale === 'tr' ? 'semicolon' : 'comma';
}
