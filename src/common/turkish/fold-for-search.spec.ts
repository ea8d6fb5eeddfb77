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
});
