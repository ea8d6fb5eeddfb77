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
  return text.normalize('NFKD').replace(/\p{Mn}/gu, '');
}
