export const DELIMITERS = { comma: ',', semicolon: ';' } as const;
export type Delimiter = keyof typeof DELIMITERS;

/** Without it, Excel takes UTF-8 for the code page of the machine and breaks every Turkish letter. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * What a spreadsheet program may take for a formula (https://owasp.org/www-community/attacks/CSV_Injection): the sign may
 * stand behind blanks and quotes, which some programs drop, and have the full width of East Asian letters.
 */
const FORMULA = /^[\s\p{Z}\p{Cf}"'`]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
const NEEDS_QUOTES = /[",;\t\r\n]|^[\s\p{Z}]|[\s\p{Z}]$/u;

/** One record (RFC 4180) with its line end. Text that might be a formula gets an apostrophe in front. */
export function csvRecord(
  cells: readonly (string | number | null)[],
  delimiter: Delimiter,
): string {
  return `${cells.map(toCell).join(DELIMITERS[delimiter])}\r\n`;
}

function toCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
