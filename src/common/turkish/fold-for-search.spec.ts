import { describe, expect, it } from 'vitest';
import { foldForSearch } from './fold-for-search.js';

describe(foldForSearch.name, () => {
  it.each([
    ['sisli', ['sisli', 'SISLI', 'şişli', 'ŞİŞLİ', 'Şişli', 'ŞIŞLI', 'sıslı']],
    ['isparta', ['ısparta', 'ISPARTA', 'isparta', 'İSPARTA', 'Isparta']],
    ['cagri', ['çağrı', 'ÇAĞRI', 'Cagri', 'c\u0327ag\u0306rı', 'ÇAĞRİ']],
    ['ogun', ['öğün', 'ÖĞÜN', 'o\u0308g\u0306u\u0308n', 'Ogun']],
    ['kagit', ['kâğıt', 'KÂĞIT', 'kağıt', 'ka\u0302g\u0306it']],
    ['strasse', ['Straße', 'STRASSE', 'STRA\u1E9EE']],
    ['dis 24', ['Ｄｉş ２４', 'diş\u00a0\u2003 24', 'DİŞ\t\n24']],
    ['fi 1⁄2', ['ﬁ ½', 'FI 1⁄2']],
    ['ødeø'.replaceAll('ø', 'o'), ['Ødeø']],
    ['laleœ'.replace('œ', 'oe'), ['LÂLEŒ']],
    ['ασσ', ['ΑΣΣ', 'ασς']],
    ['%_"\'*()-', ['%_"\'*()-']],
    ['a b', ['a\0b', 'a \0 b', 'a\u007f\u0085b']],
    ['', ['', '\u0301', '\u0327\u0306']],
    [' ', [' ', '\t', '\u00a0\u3000\0']],
    ['\ufffd', ['\ud800', '\udfff', '\ufffd']],
  ])('makes %j of all its spellings', (folded, spellings) => {
    expect(spellings.map(foldForSearch)).toEqual(spellings.map(() => folded));
  });

  it('leaves what is folded as it is, whatever the script', () => {
    const changed: string[] = [];
    for (let start = 0; start <= 0x2ffff; start += 64) {
      const text = String.fromCodePoint(
        ...Array.from({ length: 64 }, (_, index) => start + index),
      );
      const once = foldForSearch(text);
      if (foldForSearch(once) !== once) changed.push(start.toString(16));
    }
    expect(changed).toEqual([]);
  });

  it('finds each part of a name in the name', () => {
    const name = 'ŞIK Güzellik\u00a0 Ἀθῆναι Σας Ⅷ ﬃ ½ İ\u0307 Kâğıthane';
    const whole = foldForSearch(name);
    const characters = [...name];
    for (let from = 0; from < characters.length; from += 1) {
      for (let to = from + 1; to <= characters.length; to += 1) {
        const part = characters.slice(from, to).join('');
        expect(whole).toContain(foldForSearch(part));
      }
    }
  });

  it.each([
    ['marks out of order', '\u0301\u0316'],
    ['marks that stay, out of order', '\u302E\u{1D165}'],
    ['letters that decompose into marks', '\u0301\uFF9E'],
    ['blanks and controls', ' \0'],
    ['sigmas and what stands between letters', "Σ''"],
  ])('folds 3 MB of %s while one waits', (_, piece) => {
    const text = piece.repeat(3_000_000 / Buffer.byteLength(piece));
    const started = performance.now();
    expect(foldForSearch(`Ş${text}İ`)).toMatch(/^s.*i$/su);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('loses marks however many stand together', () => {
    for (const count of [1, 29, 30, 31, 60, 61, 1_000])
      expect(foldForSearch(`Ş${'\u0301\u0316'.repeat(count)}İ`)).toBe('si');
  });

  it('keeps marks in the order of Unicode where no more than 30 stand together', () => {
    const marks = '\u{1D165}\u302E\u0301'.repeat(10);
    expect(foldForSearch(`a${marks}`)).toBe(
      `a${marks.normalize('NFKD').replaceAll('\u0301', '')}`,
    );
  });

  it('knows every character that decomposes into a mark that can be moved', () => {
    const others: string[] = [];
    for (let point = 0; point <= 0x10ffff; point += 1) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const character = String.fromCodePoint(point);
      const [first = ''] = character.normalize('NFKD');
      // U+0334 is of the lowest class: only what is no mark by itself stays before it.
      const moves = `${first}\u0334`.normalize('NFD') !== `${first}\u0334`;
      if (moves && !/\p{M}/u.test(character) && /\p{M}/u.test(first))
        others.push(character);
    }
    expect(others).toEqual(['\uFF9E', '\uFF9F']);
  });
});
