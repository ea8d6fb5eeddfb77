import {
  ALPHABET,
  COMPATIBLE,
  EXPANSIONS,
  IGNORED,
  MARKS,
  OWN_LETTERS,
  VARIANTS,
} from './collation-table.js';

/** A collation element of UTS #10: the weights of a character on the three levels. A mark has none on the first. */
interface Element {
  primary: string;
  secondary: number;
  tertiary: number;
}

/** Behind this many code points a text is cut: names are at most 255 long, those of old rows may be anything. */
const MAX_RATIO = 256;
/** Latin names of 255 code points stay whole; a key cut off still sorts by what is left. */
const MAX_KEY_LENGTH = 2_000;

/** On the third level, behind every form that the table lists. */
const COMPATIBLE_FORMS = 8;
const EXPANDED = new RegExp(`(.)(${COMPATIBLE})?`, 'gu');
const LETTER_WITH_MARKS = new RegExp(
  `([CcGgIOoSsUu])([${MARKS.join('')}]+)`,
  'gu',
);
const ELEMENTS = buildElements();
/** Printable characters of Latin-1 and Latin Extended-A, but for the dot that changes the `l` before it. */
const ALONE = elementsOfRange(0x20, 0x17f, '·');

/**
 * A text of ASCII letters, digits and blanks whose plain binary order (SQLite's BINARY, PostgreSQL's "C", `<` in
 * JavaScript) is the order of `Intl.Collator('tr')`: letters first, then accents, then case.
 *
 * Holds for Latin-1, Latin Extended-A and common punctuation and symbols; other scripts follow by code point. The
 * weights come from a table of ours, because the key is stored and ICU's differ between versions of Node.js.
 */
export function collationKey(text: string): string {
  // A code point takes one or two code units; only as many as may be needed are looked at.
  const start = Array.from(text.slice(0, 2 * MAX_RATIO))
    .slice(0, MAX_RATIO)
    .join('');
  const elements = elementsOf(start);
  const primaries = elements.map(({ primary }) => primary).join('');
  const secondaries = untilLastAboveZero(
    elements.map(({ secondary }) => secondary),
  );
  const tertiaries = untilLastAboveZero(
    elements.map(({ tertiary }) => tertiary),
  );
  // A blank sorts before all weights, so that a level that ends is less than one that goes on.
  const key = `${primaries} ${secondaries.map(twoDigits).join('')} ${tertiaries.join('')}`;
  return key.slice(0, MAX_KEY_LENGTH).trimEnd();
}

/** Nearly all names are made of characters that stand for themselves. */
function elementsOf(text: string): Element[] {
  const alone = [...text].map((character) => ALONE.get(character));
  return alone.every((elements) => elements !== undefined)
    ? alone.flat()
    : decomposed(text);
}

function decomposed(text: string): Element[] {
  const characters = text
    .normalize('NFD')
    .replace(IGNORED, '')
    .replace(LETTER_WITH_MARKS, ownLetterFirst)
    .replaceAll('l·', 'ŀ')
    .replaceAll('L·', 'Ŀ');
  return [...characters].flatMap(
    (character) => ELEMENTS.get(character) ?? unknown(character),
  );
}

/** `ç` is a letter and not a `c` with a mark, even where other marks stand between the two. */
function ownLetterFirst(run: string, base: string, marks: string): string {
  // Each mark once: where the first of equal ones is not free, the others are not either.
  const before: string[] = [];
  for (const mark of new Set(marks)) {
    const letter = (base + mark).normalize('NFC');
    if (OWN_LETTERS.has(letter) && before.every((other) => isFree(mark, other)))
      return letter + marks.replace(mark, '');
    before.push(mark);
  }
  return run;
}

/** A mark that may not change places with one before it belongs to that. */
function isFree(mark: string, other: string): boolean {
  return (mark + other).normalize('NFD') === other + mark;
}

/** Behind all that are known, in order of code point. */
function unknown(character: string): Element {
  const place = (character.codePointAt(0) ?? 0).toString(36).padStart(4, '0');
  return { primary: `z${place}`, secondary: 0, tertiary: 0 };
}

function buildElements(): ReadonlyMap<string, Element[]> {
  const elements = new Map<string, Element[]>();
  for (const [index, forms] of ALPHABET.entries()) {
    for (const [tertiary, form] of [...forms].entries())
      elements.set(form, [
        { primary: twoDigits(index), secondary: 0, tertiary },
      ]);
  }
  for (const [index, mark] of [...MARKS, ...VARIANTS].entries())
    elements.set(mark, [{ primary: '', secondary: index + 1, tertiary: 0 }]);
  for (const [character, expansion] of Object.entries(EXPANSIONS))
    elements.set(character, expand(expansion, elements));
  for (const variant of VARIANTS) elements.delete(variant);
  return elements;
}

function elementsOfRange(
  from: number,
  to: number,
  except: string,
): ReadonlyMap<string, Element[]> {
  const characters = Array.from({ length: to - from + 1 }, (_, index) =>
    String.fromCodePoint(from + index),
  ).filter((character) => character !== except);
  return new Map(
    characters.map((character) => [character, decomposed(character)]),
  );
}

function expand(
  expansion: string,
  elements: ReadonlyMap<string, Element[]>,
): Element[] {
  return [...expansion.matchAll(EXPANDED)].flatMap(
    ([, character = '', compatible]) =>
      (elements.get(character) ?? []).map((element) =>
        compatible === undefined
          ? element
          : { ...element, tertiary: element.tertiary + COMPATIBLE_FORMS },
      ),
  );
}

function twoDigits(weight: number): string {
  return weight.toString(36).padStart(2, '0');
}

function untilLastAboveZero(weights: readonly number[]): number[] {
  return weights.slice(0, weights.findLastIndex((weight) => weight > 0) + 1);
}
