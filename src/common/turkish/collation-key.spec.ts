import { describe, expect, it } from 'vitest';
import {
  randomNumbers,
  turkishNames,
} from '../../../test/factories/turkish-names.js';
import { collationKey } from './collation-key.js';
import { ALPHABET, EXPANSIONS, MARKS } from './collation-table.js';

const collator = new Intl.Collator('tr');

const REPERTOIRE = [
  ...new Set([
    ...ALPHABET.flatMap((forms) => [...forms]),
    ...MARKS,
    ...Object.keys(EXPANSIONS),
    ...range(0x00, 0x17f),
    ...'\u200B\u200E\u2060\uFEFF\u034F\uFE0F',
  ]),
];

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) =>
    String.fromCodePoint(from + index),
  );
}

/** The pairs that are ordered otherwise than by the collator. */
function disagreements(pairs: Iterable<readonly [string, string]>): string[] {
  const keys = new Map<string, string>();
  const keyOf = (text: string): string => {
    const key = keys.get(text) ?? collationKey(text);
    keys.set(text, key);
    return key;
  };
  const found: string[] = [];
  for (const [a, b] of pairs) {
    const [first, second] = [keyOf(a), keyOf(b)];
    const ours = first < second ? -1 : Number(first > second);
    if (ours !== Math.sign(collator.compare(a, b)))
      found.push(JSON.stringify([a, b, ours]));
  }
  return found;
}

function* allPairs(texts: readonly string[]): Generator<[string, string]> {
  for (const a of texts) for (const b of texts) yield [a, b];
}

describe(collationKey.name, () => {
  it('orders every two characters of its repertoire as Intl.Collator does', () => {
    expect(REPERTOIRE.length).toBeGreaterThan(450);
    expect(disagreements(allPairs(REPERTOIRE))).toEqual([]);
  });

  it('orders 2,000 Turkish names as Intl.Collator does', () => {
    const names = turkishNames(2_000);
    const byKey = names
      .map((name) => ({ name, key: collationKey(name) }))
      .toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
      .map(({ name }) => name);
    const neighbours = byKey
      .slice(1)
      .map((name, index) => [byKey[index], name]);
    expect(
      neighbours.filter(([a = '', b = '']) => collator.compare(a, b) > 0),
    ).toEqual([]);
    const some = names.filter((_, index) => index % 4 === 0);
    expect(disagreements(allPairs(some))).toEqual([]);
  });

  it.each([
    ['its whole repertoire', REPERTOIRE],
    [
      'letters that are easily mistaken',
      [...'aAâÂcCçÇgGğĞıIiİîÎoOöÖsSşŞuUüÛ -1\u0307\u0327\u0306\u0308\u0323·lL'],
    ],
  ])('orders random texts of %s as Intl.Collator does', (_, characters) => {
    const next = randomNumbers(7);
    const text = (): string =>
      Array.from(
        { length: Math.floor(next() * 7) },
        () => characters[Math.floor(next() * characters.length)],
      ).join('');
    const pairs = Array.from({ length: 20_000 }, () => {
      const a = text();
      const other = next() < 0.5 ? text() : respelled(a, next);
      return [a, other] as const;
    });
    expect(disagreements(pairs)).toEqual([]);
  });

  it('is plain ASCII, so that every database orders it alike', () => {
    for (const character of [...REPERTOIRE, '\u{1F9B7}', '\ud800', '漢', 'Я'])
      expect(collationKey(`${character}a${character}`)).toMatch(/^[0-9a-z ]*$/);
  });

  it('puts other scripts behind, in order of code point', () => {
    const texts = [
      'zzz',
      'Ωμέγα',
      'Яна',
      'عيادة',
      '漢字',
      '\u{1F9B7} Diş',
      '\u{20000}',
    ];
    const keys = texts.map(collationKey);
    expect(keys.toSorted()).toEqual(keys);
    expect(new Set(keys).size).toBe(texts.length);
  });

  it.each(['a', 'Ş', 'ǻ', '각', '\u{1F9B7}', '\ud800', 'a\u0301\u0302'])(
    'stays short for a very long text of %j',
    (character) => {
      const key = collationKey(character.repeat(100_000));
      expect(key.length).toBeLessThanOrEqual(2_000);
      expect(collationKey(`b${character.repeat(100_000)}`)).not.toBe(key);
    },
  );

  it('makes 1,000 keys of the worst names known while one waits', () => {
    // Neither of them can become `ç` and `ş`: U+0328 stands between in the way.
    const marks = '\u0338'.repeat(100) + '\u0328' + '\u0327'.repeat(100);
    const names = Array.from(
      { length: 1_000 },
      (_, turn) => `${turn}c${marks}`,
    );
    const started = performance.now();
    expect(new Set(names.map(collationKey)).size).toBe(names.length);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('tells names of the greatest length apart', () => {
    const long = 'Ş'.repeat(254);
    const keys = ['a', 'â', 'Â', 'b'].map((last) => collationKey(long + last));
    expect(keys.toSorted()).toEqual(keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

/** The same text in other cases and with other accents. */
function respelled(text: string, next: () => number): string {
  return [...text]
    .map((character) => {
      const choice = Math.floor(next() * 6);
      if (choice === 0) return character.toLocaleUpperCase('tr');
      if (choice === 1) return character.toLocaleLowerCase('tr');
      if (choice === 2) return character.normalize('NFD');
      return choice === 3 ? (character.normalize('NFD')[0] ?? '') : character;
    })
    .filter((character) => REPERTOIRE.includes(character.normalize('NFC')))
    .join('');
}
