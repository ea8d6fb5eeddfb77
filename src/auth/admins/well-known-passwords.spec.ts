import { describe, expect, it } from 'vitest';
import { isWellKnownPassword } from './well-known-passwords.js';

describe(isWellKnownPassword.name, () => {
  it.each([
    'password',
    'PassWord',
    'password1234567',
    '!!password!!2026',
    '123456789012',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'qwertyqwerty',
    '------------',
  ])('knows %s', (password) => {
    expect(isWellKnownPassword(password)).toBe(true);
  });

  it.each([
    'correct horse battery staple',
    'kırmızı-balık-gölde',
    'vT9!mPz4#qLx',
    'x7Kd-92hF-qq1Z',
  ])('does not know %s', (password) => {
    expect(isWellKnownPassword(password)).toBe(false);
  });

  it.each([
    ['digits between letters', `a${'1'.repeat(500_000)}a`],
    ['a piece that is repeated to the last letter', `${'ab'.repeat(250_000)}c`],
    ['one letter and another', `${'a'.repeat(500_000)}b`],
    ['signs', `${'-'.repeat(500_000)}a${'-'.repeat(500_000)}a`],
  ])('takes no time for half a megabyte of %s', (_, password) => {
    const started = performance.now();
    expect(isWellKnownPassword(password)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
