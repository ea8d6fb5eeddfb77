import { describe, expect, it } from 'vitest';
import { passwordForm, verifiableForms } from './password-text.js';

const bytes = (text: string): number => Buffer.byteLength(text);
const MAX_BODY_BYTES = 512 * 1024;
const UNORDERED_MARKS = '\u0301\u0316'.repeat(MAX_BODY_BYTES / 4);

/** Every Unicode character but surrogates. */
function* allCharacters(): Generator<string> {
  for (let point = 0; point <= 0x10ffff; point += 1)
    if (point < 0xd800 || point > 0xdfff) yield String.fromCodePoint(point);
}

describe(passwordForm.name, () => {
  it.each([
    ['s\u0327ifre', 'şifre'],
    ['şifre', 'şifre'],
    ['parola', 'parola'],
  ])('brings %j into NFC', (typed, form) => {
    expect(passwordForm(typed)).toBe(form);
  });

  it('leaves what is too long in every form as it is, and at once', () => {
    const started = performance.now();
    expect(passwordForm(`a${UNORDERED_MARKS}`)).toBe(`a${UNORDERED_MARKS}`);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('measures the longest spelling of 72 bytes on its NFC form', () => {
    const longest = '\u1FBE\u0308\u0301'.repeat(36);
    expect(bytes(longest)).toBe(252);
    expect(passwordForm(longest)).toBe('\u0390'.repeat(36));
  });

  it('knows no character with a spelling of more than 4 times its bytes', () => {
    const characters = [...allCharacters()];
    const longest = new Map<string, string>();
    for (const character of characters) {
      const other = character.normalize('NFD');
      if (bytes(character) > bytes(longest.get(other) ?? other))
        longest.set(other, character);
    }
    const ratios = characters
      .filter((character) => character.normalize('NFC') === character)
      .map((character) => {
        const spelling = [...character.normalize('NFD')]
          .map((part) => longest.get(part) ?? part)
          .join('');
        return bytes(spelling) / bytes(character);
      });
    expect(ratios.reduce((most, ratio) => Math.max(most, ratio), 0)).toBe(3.5);
  });
});

describe(verifiableForms.name, () => {
  it.each([
    ['parola', ['parola']],
    ['şifre', ['şifre', 's\u0327ifre']],
    ['s\u0327ifre', ['şifre', 's\u0327ifre']],
    ['s\u0327ifreş', ['şifreş', 's\u0327ifreş', 's\u0327ifres\u0327']],
  ])('of %j are %j', (typed, forms) => {
    expect(verifiableForms(typed)).toEqual(forms);
  });

  it.each([
    ['73 bytes', 'x'.repeat(73), []],
    ['a NUL', 'parola\0', []],
    ['72 bytes that are 108 in NFD', 'ş'.repeat(36), ['ş'.repeat(36)]],
    ['half a megabyte of marks', UNORDERED_MARKS, []],
  ])('leave out what bcrypt would cut: %s', (_, typed, forms) => {
    expect(verifiableForms(typed)).toEqual(forms);
  });
});
