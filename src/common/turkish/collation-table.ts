/**
 * Turkish collation of Latin text (CLDR root with the tailoring of `tr`), written out. A spec holds it against the
 * running `Intl.Collator('tr')`: keys made of it are stored, and must not change with the ICU of a Node.js version.
 */

/** Each entry is one place in the alphabet; within it, the forms that only the third level tells apart. */
export const ALPHABET: readonly string[] = [
  ...'\t\n\v\f\r\u0085\u2028\u2029',
  ' \u3000\u2009\u00A0',
  ...'_-',
  '‐\u2011',
  ...'‒–—―,;:!¡?¿.·\'‹›"«»()[]{}§¶@*/\\&#%‰†‡•‣′`´^¯¨¸°©®',
  ...'←→↑↓+±÷×<=>¬|¦~−⁄√∞≈≤≥●★☆♥♦✓¤¢$£¥€₺',
  ...'0 1¹ 2² 3³ 4 5 6 7 8 9'.split(' '),
  ...'aAª bB cC çÇ dD eE fF gG ğĞ hH ıI iİ jJ kK lL mM nN ŋŊ oOº öÖ pP'.split(
    ' ',
  ),
  ...'qQ ĸ rR sS şŞ tT ŧŦ uU üÜ vV wW xX yY zZ þÞ ʼ µ'.split(' '),
];

/** Stands in EXPANSIONS behind a character: a form of it that the third level puts behind all others. */
export const COMPATIBLE = '\uE000';

/** Stand in EXPANSIONS for what tells characters apart on the second level and is no mark that can be typed. */
export const VARIANTS: readonly string[] = [...'\uE001\uE002\uE003\uE004'];
const [V1, V2, V3, V4] = VARIANTS;

/** Combining marks, which the second level tells apart, the least first. */
export const MARKS: readonly string[] = [
  ...'\u0332\u0313\u0314\u0301\u0300\u0306\u0302\u030C\u030A\u0308\u030B\u0303\u0307\u0338\u0327\u0328\u0304',
  ...'\u0335\u0305\u0309\u030F\u0311\u031B\u0323\u0324\u0325\u0326\u032D\u032E\u0330\u0331',
];

/** Letters of the Turkish alphabet that Unicode takes for a letter with a mark. */
export const OWN_LETTERS: ReadonlySet<string> = new Set('çÇğĞİöÖşŞüÜ');

/** Characters that sort as several, or as another one with a mark. */
export const EXPANSIONS: Readonly<Record<string, string>> = {
  '\u2002': '\u2009',
  '\u2003': '\u2009',
  '\u2007': '\u00A0',
  '\u202F': '\u00A0',
  '‘': `'${V1}`,
  '’': `'${V2}`,
  '‚': `'${V3}`,
  '‛': `'${V4}`,
  '“': `"${V1}`,
  '”': `"${V2}`,
  '„': `"${V3}`,
  '‟': `"${V4}`,
  '…': expanded('...'),
  '″': expanded('′′'),
  '½': expanded('1⁄2'),
  '¼': expanded('1⁄4'),
  '¾': expanded('3⁄4'),
  '№': expanded('No'),
  '™': expanded('TM'),
  ŉ: expanded('ʼn'),
  ĳ: expanded('ij'),
  Ĳ: expanded('İJ'),
  æ: `a${V1}e`,
  Æ: `A${V1}E`,
  œ: `o${V1}e`,
  Œ: `O${V1}E`,
  ß: `s${V1}s`,
  ſ: `s${V1}`,
  ŀ: `l${V1}`,
  Ŀ: `L${V1}`,
  ø: 'o\u0338',
  Ø: 'O\u0338',
  đ: 'd\u0335',
  Đ: 'D\u0335',
  ð: `d${V1}`,
  Ð: `D${V1}`,
  ħ: 'h\u0335',
  Ħ: 'H\u0335',
  ł: 'l\u0335',
  Ł: 'L\u0335',
};

/** What has no place at all: control and invisible formatting characters. */
export const IGNORED =
  /(?![\t-\r\u0085])\p{Cc}|[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]|\u034F|\uFE0F/gu;

function expanded(characters: string): string {
  return [...characters].map((character) => character + COMPATIBLE).join('');
}
