/** Letters that do not decompose. `ς` is `σ` at the end of a word, and a search may stop before that end. */
const PLAIN: Readonly<Record<string, string>> = {
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ς: 'σ',
};
/** The two halfwidth letters are the only characters besides marks that decompose into marks alone. */
const MAX_RUN_OF_MARKS = /[\p{M}\uFF9E\uFF9F]{30}/gu;
const COMBINING_GRAPHEME_JOINER = '\u034F';
const UNDECOMPOSED = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

/**
 * The one spelling that a text has for the search: lower case without marks, so that `ŞİŞLİ`, `şişli` and `sisli` are
 * the same, and ı, i, İ and I are. White space and control characters become single blanks. Any string is taken, lone
 * surrogates included, and what is folded stays as it is when folded again.
 */
export function foldForSearch(text: string): string {
  return withoutMarks(withoutMarks(text.toWellFormed()).toLowerCase())
    .replace(UNDECOMPOSED, (letter) => PLAIN[letter] ?? letter)
    .replace(/[\s\p{Cc}]+/gu, ' ');
}

function withoutMarks(text: string): string {
  return streamSafe(text)
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '');
}

/**
 * The Stream-Safe Text Format of UAX #15: no more than 30 marks stand together. `normalize` sorts the marks behind each
 * letter in a time that grows with the square of their number, and old rows may have half a million of them.
 * What is put in between is a mark itself, so it is not in the folded text.
 */
function streamSafe(text: string): string {
  return text.replace(MAX_RUN_OF_MARKS, `$&${COMBINING_GRAPHEME_JOINER}`);
}
