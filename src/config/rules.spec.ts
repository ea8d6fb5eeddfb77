import { describe, expect, it } from 'vitest';
import {
  checkAdminUsername,
  checkAppName,
  checkHost,
  checkPublicUrl,
  checkSecretKey,
  wholeNumber,
} from './rules.js';

interface Case {
  rule: (value: string) => unknown;
  good: readonly string[];
  bad: readonly string[];
}

const cases: Case[] = [
  {
    rule: checkAppName,
    good: ['A', 'Sanal Resepsiyonist', '🦷'.repeat(60)],
    bad: ['', '   ', 'a\nb', 'a\0', 'x'.repeat(61), '🦷'.repeat(61)],
  },
  {
    rule: checkSecretKey,
    good: ['x'.repeat(32), 'ğ'.repeat(32)],
    bad: ['', 'x'.repeat(31), '🦷'.repeat(31)],
  },
  {
    rule: checkHost,
    good: ['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost', 'a-b.example.com'],
    bad: ['', '256.1.1.1', '1.2.3', '12', 'a_b', '-a', 'a b', 'a.', 'http://a'],
  },
  {
    rule: checkPublicUrl,
    good: ['http://localhost:3000', 'https://a.example', 'https://a.example/'],
    bad: [
      '',
      'a.example',
      'ftp://a.example',
      'https://a.example/path',
      'https://a.example?x',
      'https://a.example#x',
      'https://user:pass@a.example',
      'https://',
      'https://a.example:99999',
      'javascript:alert(1)',
    ],
  },
  {
    rule: checkAdminUsername,
    good: ['abc', 'Admin', 'a.b_c-d', 'x'.repeat(100)],
    bad: ['', 'ab', '-abc', 'abc-', 'a b c', 'yönetici', 'x'.repeat(101)],
  },
];

describe.each(cases)('$rule.name', ({ rule, good, bad }) => {
  it.each(good)('accepts %j', (value) => {
    expect(() => rule(value)).not.toThrow();
  });

  it.each(bad)('refuses %j', (value) => {
    expect(() => rule(value)).toThrow(/olmalı/);
  });
});

describe(wholeNumber.name, () => {
  const rule = wholeNumber(1, 65_535);

  it.each(['1', '3000', '65535'])('accepts %s', (value) => {
    expect(rule(value)).toBe(Number(value));
  });

  it.each([
    '0',
    '65536',
    '-1',
    '+1',
    '1e3',
    '0x10',
    '1.0',
    '03',
    ' 3',
    '3 ',
    '',
    '٣',
  ])('refuses %j', (value) => {
    expect(() => rule(value)).toThrow('1 ile 65535 arasında');
  });
});
