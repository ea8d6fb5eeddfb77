import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseEncryptionKeys } from './encryption-keys.js';

const BYTES = Buffer.from(
  Array.from({ length: 32 }, (_, index) => 255 - index),
);
const KEY = `${BYTES.toString('base64url')}=`;
const OTHER = `${randomBytes(32).toString('base64url')}=`;

describe(parseEncryptionKeys.name, () => {
  it('reads one key or several, in order, with blanks around the commas', () => {
    expect(parseEncryptionKeys(KEY)).toEqual([BYTES]);
    expect(parseEncryptionKeys(` ${OTHER} , ${KEY}\n`)).toEqual([
      Buffer.from(OTHER, 'base64url'),
      BYTES,
    ]);
  });

  it.each([
    ['nothing', ''],
    ['no padding', KEY.slice(0, -1)],
    ['two paddings', `${KEY}=`],
    ['the other alphabet', KEY.replaceAll('-', '+').replaceAll('_', '/')],
    ['a byte too few', `${randomBytes(31).toString('base64url')}=`],
    ['a byte too many', randomBytes(33).toString('base64url')],
    [
      'unused bits set',
      `${Buffer.alloc(32, 1).toString('base64url').slice(0, -1)}F=`,
    ],
    ['a blank inside', `${KEY.slice(0, 9)} ${KEY.slice(9)}`],
    ['quotes', `"${KEY}"`],
    ['hex', BYTES.toString('hex')],
    ['a foreign letter', `ğ${KEY.slice(1)}`],
    ['only zeros', `${Buffer.alloc(32).toString('base64url')}=`],
    ['an empty second key', `${KEY},`],
    ['the same key twice', `${KEY},${KEY}`],
  ])('refuses %s', (_, value) => {
    expect(() => parseEncryptionKeys(value)).toThrow(/anahtar/);
  });

  const STANDARD = KEY.replaceAll('-', '+').replaceAll('_', '/');

  it.each([
    ['standard base64', STANDARD, /\+ yerine - yazın, \/ yerine _ yazın/],
    ['quotes', `"${KEY}"`, /tırnakları kaldırın/],
    ['quotes around both keys', `'${KEY},${OTHER}'`, /tırnakları kaldırın/],
    ["Python's bytes", `b'${KEY}'`, /b harfini silin, .*tırnakları/],
    ['a line end that is written out', `${KEY}\\n`, /\\n işaretini silin/],
    ['a blank inside', `${KEY.slice(0, 9)} ${KEY.slice(9)}`, /boşlukları/],
    ['no padding', KEY.slice(0, -1), /sonuna = ekleyin/],
    ['too much padding', `${KEY}==`, /tek bir = bırakın/],
    ['padding of a web address', KEY.replace('=', '%3D'), /%3D yerine =/],
    [
      'unused bits set',
      `${Buffer.alloc(32, 1).toString('base64url').slice(0, -1)}F=`,
      /doğru yazımını şu komut verir: node -p/,
    ],
    ['two faults', `"${STANDARD}"`, /tırnakları kaldırın, \+ yerine -/],
  ])('says how to mend %s, and never the key', (_, value, words) => {
    const { message } = refusalOf(value);

    expect(message).toMatch(words);
    expect(message).not.toContain(KEY.slice(0, 8));
    expect(message).not.toContain(STANDARD.slice(0, 8));
  });

  it.each([
    ['hex', BYTES.toString('hex')],
    ['a byte too few', `${randomBytes(31).toString('base64url')}=`],
    ['1 MB of quotes', '"'.repeat(1_000_000)],
  ])('has no words for %s', (_, value) => {
    expect(refusalOf(value).message).not.toContain('yazımı');
  });

  it('says which key is bad, never what it is', () => {
    const bad = `${'x'.repeat(43)}!`;

    expect(() => parseEncryptionKeys(`${KEY},${bad}`)).toThrow(
      /^2\. anahtar [^x]{0,20}geçerli/,
    );
  });
});

function refusalOf(value: string): Error {
  try {
    parseEncryptionKeys(value);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it was not refused');
}
