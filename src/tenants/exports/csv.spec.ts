import { describe, expect, it } from 'vitest';
import { csvRecord } from './csv.js';

const record = (...cells: (string | number | null)[]) =>
  csvRecord(cells, 'comma');

describe(csvRecord.name, () => {
  it('ends with CRLF and leaves null empty', () => {
    expect(record('a', 1, null)).toBe('a,1,\r\n');
  });

  it('puts its delimiter between the cells', () => {
    expect(csvRecord(['a', 'b'], 'semicolon')).toBe('a;b\r\n');
  });

  it.each([
    ['a,b', '"a,b"'],
    ['a;b', '"a;b"'],
    ['a"b', '"a""b"'],
    ['a\nb', '"a\nb"'],
    ['a\r\nb', '"a\r\nb"'],
    [' a', '" a"'],
    ['a ', '"a "'],
    ['Şişli İğdır', 'Şişli İğdır'],
  ])('quotes %j as %j', (text, cell) => {
    expect(record(text)).toBe(`${cell}\r\n`);
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\t1',
    '\r1',
    '\n1',
    ' =1',
    '\u00A0=1',
    '\u200B=1',
    '\uFEFF=1',
    '"=1',
    "'=1",
    ' " =1',
    '＝1',
    '＋1',
    '－1',
    '＠1',
    '-',
    '=',
  ])('takes the sting out of %j', (text) => {
    const cell = record(text).replace(/\r\n$/, '');
    expect(cell.replace(/^"/, '')).toMatch(/^'/);
  });

  it.each(['a=1', 'a-b', 'a@b.example', '', "Ali'nin Yeri", '1+1', '5-10'])(
    'leaves %j alone',
    (text) => {
      expect(record(text)).toBe(`${text}\r\n`);
    },
  );
});
