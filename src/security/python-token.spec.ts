import { describe, expect, it } from 'vitest';
import { canonicalToken } from './python-token.js';

/** Made by Python's cryptography 48.0.0 with the key AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=; both signs are in it. */
const TOKEN =
  'gAAAAABrB34oAS6J5sRPd0BfNyn4f-sEAb-d_pXp5YzA0PbASj2F49XsyjU2Q2SDH6_uLClUUH8SI_WRiRMAWCmCmY97cgnUwyaueBMooxN2G-y_RD15eo0=';
const BARE = TOKEN.slice(0, -1);

function withInside(text: string, at = 9): string {
  return TOKEN.slice(0, at) + text + TOKEN.slice(at);
}

describe(canonicalToken.name, () => {
  // Each is what `Fernet.decrypt` of cryptography 48.0.0 under Python 3.11 says, which was asked.
  it.each([
    ['as it is', TOKEN],
    ['with a line end', `${TOKEN}\n`],
    ['with a Windows line end', `${TOKEN}\r\n`],
    ['with blanks around it', `  ${TOKEN}\t`],
    ['with a blank inside', withInside(' ')],
    ['in quotes', `"${TOKEN}"`],
    ['in single quotes', `'${TOKEN}'`],
    ['with a comma', `${TOKEN},`],
    ['with a sign inside', withInside(';')],
    ['with a NUL', `${TOKEN}\0`],
    ['behind a byte order mark', `\uFEFF${TOKEN}`],
    ['with letters of another alphabet', withInside('ş😀')],
    ['in standard base64', TOKEN.replaceAll('-', '+').replaceAll('_', '/')],
    ['with more padding', `${TOKEN}=`],
    ['with more behind it', `${TOKEN}xyz#!`],
    ['twice', TOKEN + TOKEN],
    ['behind a padding', `=${TOKEN}`],
    ['with a padding inside', withInside('=', 10)],
    ['with a whole padding at the edge of a quad', withInside('==', 8)],
    ['with an unused bit set', `${BARE.slice(0, -1)}1=`],
  ])('reads a token %s', (_, stored) => {
    expect(canonicalToken(stored)).toBe(TOKEN);
  });

  it.each([
    ["as Python's bytes, whose b is a digit", `b'${TOKEN}'`],
    ['without padding', BARE],
    ['with a whole padding inside', withInside('==', 10)],
  ])('reads no token %s', (_, stored) => {
    expect(canonicalToken(stored)).not.toBe(TOKEN);
  });
});
