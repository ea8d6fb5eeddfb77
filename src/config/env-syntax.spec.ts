import { describe, expect, it } from 'vitest';
import { parseEnv } from './env-syntax.js';
import { fillIn, ValueTooLongError } from './fill-in.js';

type Bindings = [name: string, value: string][];

/** From python-dotenv's own tests (tests/test_parser.py); a name without a value and a broken line give nothing here. */
const parsed: [text: string, bindings: Bindings][] = [
  ['', []],
  ['a=b', [['a', 'b']]],
  ["'a'=b", [['a', 'b']]],
  ['[=b', [['[', 'b']]],
  [' a = b ', [['a', 'b']]],
  ['export a=b', [['a', 'b']]],
  [" export 'a'=b", [['a', 'b']]],
  ['# a=b', []],
  ['a=b#c', [['a', 'b#c']]],
  ['a=b #c', [['a', 'b']]],
  ['a=b\t#c', [['a', 'b']]],
  ['a=b c', [['a', 'b c']]],
  ['a=b\tc', [['a', 'b\tc']]],
  ['a=b  c', [['a', 'b  c']]],
  ['a=b\u00A0 c', [['a', 'b\u00A0 c']]],
  ['a=b c ', [['a', 'b c']]],
  ["a='b c '", [['a', 'b c ']]],
  ['a="b c "', [['a', 'b c ']]],
  ['export export_a=1', [['export_a', '1']]],
  ['export port=8000', [['port', '8000']]],
  ['a="b\nc"', [['a', 'b\nc']]],
  ["a='b\nc'", [['a', 'b\nc']]],
  ['a="b\\nc"', [['a', 'b\nc']]],
  ["a='b\\nc'", [['a', 'b\\nc']]],
  ['a="b\\"c"', [['a', 'b"c']]],
  ["a='b\\'c'", [['a', "b'c"]]],
  ['a=à', [['a', 'à']]],
  ['a="à"', [['a', 'à']]],
  ['no_value_var', []],
  ['a: b', []],
  [
    'a=b\nc=d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a=b\rc=d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a=b\r\nc=d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a=\nb=c',
    [
      ['a', ''],
      ['b', 'c'],
    ],
  ],
  ['\n\n', []],
  ['a=b\n\n', [['a', 'b']]],
  [
    'a=b\n\nc=d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a="\nb=c', [['b', 'c']]],
  [
    '# comment\na="b\nc"\nd=e\n',
    [
      ['a', 'b\nc'],
      ['d', 'e'],
    ],
  ],
  ['a=b\n# comment 1', [['a', 'b']]],
  ['# comment 1\n# comment 2', []],
  [
    'uglyKey[%$="S3cr3t_P4ssw#rD" #\na=b',
    [
      ['uglyKey[%$', 'S3cr3t_P4ssw#rD'],
      ['a', 'b'],
    ],
  ],
  ['\uFEFFa=b', [['a', 'b']]],
  [
    '\uFEFFa=b\nc=d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  // What python-dotenv 1.2.2 gives beyond its own tests.
  [
    'DATABASE_URL=sqlite:///./randevu#2.db',
    [['DATABASE_URL', 'sqlite:///./randevu#2.db']],
  ],
  ['a=#b', [['a', '#b']]],
  ['a= #b', [['a', '#b']]],
  ['a="b"#c', [['a', 'b']]],
  ['a="b" c\nd=e', [['d', 'e']]],
  ['a="b\\"', [['a', 'b\\']]],
  ["a='b\\\\'", [['a', 'b\\']]],
  ['a="\\x\\t\\a"', [['a', '\\x\t\x07']]],
  ['a=b\x85#c', [['a', 'b']]],
  ['a=b\uFEFF#c', [['a', 'b\uFEFF#c']]],
  ['export\nb=1', [['b', '1']]],
  ['a b=c\nd=e', [['d', 'e']]],
  ["'a=b\nc=d", [['c', 'd']]],
  ['=b\nc=d', [['c', 'd']]],
];

describe(parseEnv.name, () => {
  it.each(parsed)('reads %j', (text, bindings) => {
    expect(parseEnv(text)).toEqual(bindings);
  });

  it.each([
    ['blanks', (size: number) => `a=b${' '.repeat(size)}c`],
    ['blanks and signs', (size: number) => 'a=' + ' x#'.repeat(size / 3)],
    ['open quotes', (size: number) => `a="\nb='\n`.repeat(size / 8)],
    ['escaped quotes', (size: number) => `a="${'\\"'.repeat(size / 2)}`],
    ['lines that are none', (size: number) => 'x y\n'.repeat(size / 4)],
    ['one long name', (size: number) => 'x'.repeat(size)],
  ])('takes time linear to %s', (_, make) => {
    // 256 KiB are all that is read; quadratic work on 2 MB would take minutes.
    expect(parseEnv(make(2_000_000)).length).toBeLessThan(2_000_000);
  });
});

/** From python-dotenv's own tests (tests/test_main.py and tests/test_variables.py). */
const filled: [
  environment: Record<string, string>,
  text: string,
  values: Record<string, string>,
][] = [
  [{ b: 'c' }, 'a=$b', { a: '$b' }],
  [{ b: 'c' }, 'a=${b}', { a: 'c' }],
  [{ b: 'c' }, 'a=${b:-d}', { a: 'c' }],
  [{}, 'b=c\na=${b}', { a: 'c', b: 'c' }],
  [{}, 'a=${b}', { a: '' }],
  [{}, 'a=${b:-d}', { a: 'd' }],
  [{ b: 'c' }, 'a="${b}"', { a: 'c' }],
  [{ b: 'c' }, "a='${b}'", { a: 'c' }],
  [{ b: 'c' }, 'a=x${b}y', { a: 'xcy' }],
  [{ a: 'b' }, 'a=${a}', { a: 'b' }],
  [{}, 'a=${a}', { a: '' }],
  [{ a: 'b' }, 'a=${a:-c}', { a: 'b' }],
  [{}, 'a=${a:-c}', { a: 'c' }],
  [{ b: 'c' }, 'a=${b}${b}', { a: 'cc' }],
  [{ b: 'c' }, 'b=d\na=${b}', { a: 'd', b: 'd' }],
  [{}, 'a=b\na=c\nd=${a}', { a: 'c', d: 'c' }],
  [{}, 'a=b\nc=${a}\nd=e\nc=${d}', { a: 'b', c: 'e', d: 'e' }],
  [{ b: '1', d: '2' }, 'x=a${b}c${d}e', { x: 'a1c2e' }],
  // What python-dotenv 1.2.2 gives beyond its own tests.
  [{ b: '' }, 'a=${b:-d}', { a: '' }],
  [{}, 'a=${b:-}', { a: '' }],
  [{}, 'a=${b:-x:y}', { a: 'x:y' }],
  [{ c: '1' }, 'a=${b:c${c}', { a: '${b:c1' }],
  [{}, 'a=${b:c}', { a: '${b:c}' }],
  [{}, 'a=x${b', { a: 'x${b' }],
  [{ b: '${c}', c: '1' }, 'a=${b}', { a: '${c}' }],
  [{ b: 'c' }, 'a=$${b}', { a: '$c' }],
  [{ B: 'c' }, 'a=${b}', { a: '' }],
];

describe(fillIn.name, () => {
  it.each(filled)('in %j reads %j', (environment, text, values) => {
    expect(Object.fromEntries(fillIn(parseEnv(text), environment))).toEqual(
      values,
    );
  });

  it('gives up on values that double with each line', () => {
    const lines = Array.from(
      { length: 64 },
      (_, index) => `x${index + 1}=\${x${index}}\${x${index}}`,
    );

    expect(() => fillIn(parseEnv(`x0=ab\n${lines.join('\n')}`), {})).toThrow(
      ValueTooLongError,
    );
  });

  it('takes time linear to what opens and never closes', () => {
    const text = '${a:b'.repeat(12_000);

    expect(fillIn([['a', text]], {}).get('a')).toBe(text);
    expect(fillIn([['a', `${text}}`]], {}).get('a')).toBe(`${text}}`);
  });
});
