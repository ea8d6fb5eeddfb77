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
});
