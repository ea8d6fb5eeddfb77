/** ASCII letters, digits, `.`, `_`, `-`; begins and ends with a letter or digit. */
export const USERNAME_PATTERN = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
export const USERNAME_CHARACTERS = /^[A-Za-z0-9._-]*$/;

/** Visible ASCII, no blank. */
export const PRINTABLE_ASCII = /^[\x21-\x7E]*$/;

/** Unicode control characters (general category Cc). */
export const CONTROL = /\p{Cc}/u;
export const CONTROL_BUT_TAB_AND_LINE_ENDS = /(?![\t\n\r])\p{Cc}/u;

/** Nothing that leaves a mark: spaces, separators, format characters, fillers (all ignorable) and the empty braille cell. */
export const BLANK =
  /^[\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;
