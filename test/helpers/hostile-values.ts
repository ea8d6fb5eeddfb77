export type HostileMethod = 'POST' | 'PUT' | 'PATCH';

/** Marks what was sent, to be searched for in what comes back. */
export const CANARY = 'kanarya-7Qx';

const FIELDS = [
  'username',
  'password',
  'business_name',
  'openai_api_key',
  'system_prompt',
] as const;
type Field = (typeof FIELDS)[number];

export interface HostileValue {
  field: Field;
  name: string;
  value: unknown;
  code: string;
}

type Row = [name: string, value: unknown, code: string];

const TYPES = 'WRONG_TYPE';
const CHARACTERS = 'INVALID_CHARACTERS';
const FORMAT = 'INVALID_FORMAT';
const SHORT = 'TOO_SHORT';
const LONG = 'TOO_LONG';

const NO_TEXT: Row[] = [
  ['a number', 987_654_321, TYPES],
  ['a fraction', 1.5, TYPES],
  ['true', true, TYPES],
  ['false', false, TYPES],
  ['an empty array', [], TYPES],
  ['an array of text', [CANARY, CANARY], TYPES],
  ['an empty object', {}, TYPES],
  ['{"$gt":""}', { $gt: '' }, TYPES],
  ['{"$ne":null}', { $ne: null }, TYPES],
  ['{"$regex":…}', { $regex: CANARY, $options: 'i' }, TYPES],
  ['a boxed string', { value: CANARY, length: 30, type: 'text' }, TYPES],
  ['an object with toString', { toString: CANARY, valueOf: 1 }, TYPES],
  ['an object with constructor', { constructor: { name: 'String' } }, TYPES],
  ['an object with then', JSON.parse(`{"then":"${CANARY}"}`), TYPES],
  ['a buffer as JSON', { type: 'Buffer', data: [107, 97] }, TYPES],
  [
    'an object with __proto__',
    JSON.parse(`{"__proto__":{"polluted":"${CANARY}"}}`),
    TYPES,
  ],
];

/** Inside text that is otherwise fine for every field. */
const EVERYWHERE_BAD: [name: string, character: string][] = [
  ['NUL', '\0'],
  ['backspace', '\b'],
  ['vertical tab', '\v'],
  ['form feed', '\f'],
  ['escape', '\u001B'],
  ['unit separator', '\u001F'],
  ['DEL', '\u007F'],
  ['NEL (C1)', '\u0085'],
  ['CSI (C1)', '\u009B'],
  ['APC (C1)', '\u009F'],
  ['a lone high surrogate', '\uD83E'],
  ['a lone low surrogate', '\uDDB7'],
  ['surrogates in the wrong order', '\uDDB7\uD83E'],
];

const LINE_CONTROLS: [name: string, character: string][] = [
  ['a tab', '\t'],
  ['a line feed', '\n'],
  ['a carriage return', '\r'],
];

const NOT_ASCII: [name: string, character: string][] = [
  ['a Turkish letter', 'ş'],
  ['İ', 'İ'],
  ['the Kelvin sign, whose lower case is k', '\u212A'],
  ['a fullwidth letter', '\uFF41'],
  ['a no-break space', '\u00A0'],
  ['a bidi override', '\u202E'],
  ['a bidi isolate', '\u2066'],
  ['a zero-width space', '\u200B'],
  ['a byte order mark', '\uFEFF'],
  ['an emoji', '\u{1F9B7}'],
  ['a space', ' '],
];

const inside = (
  characters: [name: string, character: string][],
  filler: string,
): Row[] =>
  characters.flatMap(([name, character]): Row[] => [
    [`${name} inside`, filler + character + filler, CHARACTERS],
    [`${name} at the end`, filler + filler + character, CHARACTERS],
    [`${name} at the beginning`, character + filler + filler, CHARACTERS],
  ]);

const ROWS: Record<Field, Row[]> = {
  username: [
    ['the empty string', '', SHORT],
    ['2 characters', 'ab', SHORT],
    ['101 characters', 'a'.repeat(101), LONG],
    ['100,000 characters', 'a'.repeat(100_000), LONG],
    ['a dot at the beginning', `.${CANARY}`, FORMAT],
    ['a hyphen at the beginning', `-${CANARY}`, FORMAT],
    ['an underscore at the end', `${CANARY}_`, FORMAT],
    ['only dots', '...', FORMAT],
    ['a slash', `${CANARY}/x`, CHARACTERS],
    ['a path', '../../etc/passwd', CHARACTERS],
    ['a quote', `${CANARY}'--`, CHARACTERS],
    ['a tag', `<script>${CANARY}</script>`, CHARACTERS],
    ['a template', `{{${CANARY}}}`, CHARACTERS],
    ['only blanks', '   ', CHARACTERS],
    ...inside([...LINE_CONTROLS, ...NOT_ASCII], CANARY),
  ],
  password: [
    ['the empty string', '', SHORT],
    ['5 characters', '12345', SHORT],
    ['5 emoji, which are 10 UTF-16 units', '\u{1F9B7}'.repeat(5), SHORT],
    ['5 letters in NFC, 10 as sent', 's\u0327'.repeat(5), SHORT],
    ['73 bytes of ASCII', CANARY.padEnd(73, 'x'), LONG],
    ['73 bytes in 37 characters', `${'ş'.repeat(36)}a`, LONG],
    ['76 bytes in 19 emoji', '\u{1F9B7}'.repeat(19), LONG],
    ['72 bytes as sent, 144 in NFC', '\u0958'.repeat(24), LONG],
    ['100,000 characters', 'x'.repeat(100_000), LONG],
    ...inside(LINE_CONTROLS, CANARY),
  ],
  business_name: [
    ['the empty string', '', SHORT],
    ['256 characters', CANARY.padEnd(256, 'x'), LONG],
    ['256 emoji', '\u{1F9B7}'.repeat(256), LONG],
    ['one space', ' ', FORMAT],
    ['spaces', '     ', FORMAT],
    ['no-break and em spaces', '\u00A0\u2003\u3000', FORMAT],
    ['line and paragraph separators', '\u2028\u2029', FORMAT],
    ['zero-width characters', '\u200B\u200C\u200D\u2060\uFEFF', FORMAT],
    ['bidi controls', '\u202E\u2066\u2069', FORMAT],
    ['soft hyphens', '\u00AD\u00AD', FORMAT],
    ['Hangul fillers, which show nothing', '\u3164\u115F\uFFA0', FORMAT],
    ['variation selectors', '\uFE0F\uFE0E', FORMAT],
    ['blank braille', '\u2800\u2800', FORMAT],
    ...inside(LINE_CONTROLS, CANARY),
  ],
  openai_api_key: [
    ['the empty string', '', SHORT],
    ['19 characters', CANARY.padEnd(19, 'x'), SHORT],
    ['513 characters', CANARY.padEnd(513, 'x'), LONG],
    ...inside([...LINE_CONTROLS, ...NOT_ASCII], CANARY),
  ],
  system_prompt: [
    ['the empty string', '', SHORT],
    ['9 characters', '123456789', SHORT],
    ['9 emoji, which are 18 UTF-16 units', '\u{1F9B7}'.repeat(9), SHORT],
    ['32,001 characters', CANARY.padEnd(32_001, 'x'), LONG],
    ['32,001 emoji', '\u{1F9B7}'.repeat(32_001), LONG],
  ],
};

/** Every field with everything that it must refuse, as it is for create and update alike. */
export const HOSTILE_VALUES: HostileValue[] = FIELDS.flatMap((field) =>
  [...NO_TEXT, ...inside(EVERYWHERE_BAD, CANARY), ...ROWS[field]].map(
    ([name, value, code]) => ({ field, name, value, code }),
  ),
);

/** What the rules allow, however odd it looks. */
export const WELCOME_VALUES: { field: Field; name: string; value: string }[] = [
  { field: 'username', name: '3 characters', value: 'a.1' },
  { field: 'username', name: 'a prototype key', value: 'constructor' },
  { field: 'username', name: 'another prototype key', value: 'tostring' },
  { field: 'username', name: 'digits', value: '1234567890' },
  { field: 'username', name: '100 characters', value: 'a'.repeat(100) },
  { field: 'business_name', name: '255 emoji', value: '\u{1F9B7}'.repeat(255) },
  { field: 'business_name', name: 'one letter', value: 'x' },
  { field: 'business_name', name: 'surrounding blanks', value: '  Ad  ' },
  { field: 'business_name', name: 'a tag', value: '<script>alert(1)</script>' },
  { field: 'business_name', name: 'SQL', value: "'; DROP TABLE tenants; --" },
  {
    field: 'business_name',
    name: 'decomposed letters',
    value: 'I\u0307s\u0327',
  },
  { field: 'business_name', name: 'an emoji sequence', value: '👩‍⚕️ Ayşe' },
  { field: 'system_prompt', name: '10 emoji', value: '\u{1F9B7}'.repeat(10) },
  {
    field: 'system_prompt',
    name: '32,000 emoji',
    value: '\u{1F9B7}'.repeat(32_000),
  },
  {
    field: 'system_prompt',
    name: 'tabs and every kind of line end',
    value: '\ta\nb\r\nc\rd\u2028e\u2029f ',
  },
  {
    field: 'system_prompt',
    name: 'a template',
    value: '{{constructor}} ${x} %s {0}',
  },
  { field: 'openai_api_key', name: '20 characters', value: 'k'.repeat(20) },
  { field: 'openai_api_key', name: '512 characters', value: '~'.repeat(512) },
  {
    field: 'password',
    name: '72 bytes of Turkish letters',
    value: 'ğ'.repeat(36),
  },
  {
    field: 'password',
    name: '108 bytes that are 72 in NFC',
    value: 's\u0327'.repeat(36),
  },
  { field: 'password', name: '6 emoji', value: '\u{1F9B7}'.repeat(6) },
  { field: 'password', name: 'blanks', value: '      ' },
];

/** Field lists that JavaScript objects do not show as they are. */
export const HOSTILE_BODIES: {
  name: string;
  fields: string;
  faults: [pointer: string, code: string][];
}[] = [
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'then',
    'length',
    'passwordHash',
    'password_hash',
    'openaiApiKey',
    'businessName',
    'Username',
    'username ',
    '$where',
    '0',
  ].map((field) => ({
    name: `the unknown field ${JSON.stringify(field)}`,
    fields: `${JSON.stringify(field)}:{"polluted":"${CANARY}"}`,
    faults: [[`/${field}`, 'UNKNOWN_FIELD']] as [string, string][],
  })),
  {
    name: 'an unknown field without a name',
    fields: `"":"${CANARY}"`,
    faults: [['/', 'UNKNOWN_FIELD']],
  },
  {
    name: 'an unknown field of 100,000 characters, which is not repeated',
    fields: `"${'x'.repeat(100_000)}${CANARY}":1`,
    faults: [['', 'UNKNOWN_FIELD']],
  },
  {
    name: 'an unknown field that is a lone surrogate',
    fields: `"\\ud800":"${CANARY}"`,
    faults: [['', 'UNKNOWN_FIELD']],
  },
  {
    name: 'an escaped __proto__',
    fields: `"\\u005f_proto__":{"polluted":"${CANARY}"}`,
    faults: [['/__proto__', 'UNKNOWN_FIELD']],
  },
];
