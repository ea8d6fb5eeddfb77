import { toBase64Url } from './fernet.js';

const DIGIT = /[\w+/-]/;

/**
 * The canonical spelling of a Fernet token that is stored in another: the old application's `cryptography` decodes with
 * Python's base64, which passes over what is no digit (line ends, blanks, quotes), takes both alphabets, and stops at a
 * complete padding. Whose token it is, is still decided by its HMAC.
 * @returns undefined where Python finds no base64 either. Takes time linear to the text.
 */
export function canonicalToken(stored: string): string | undefined {
  const digits: string[] = [];
  let padding = 0;
  for (const character of stored) {
    const inQuad = digits.length % 4;
    if (character === '=') {
      if (inQuad >= 2 && inQuad + (padding += 1) >= 4) return encode(digits);
    } else if (DIGIT.test(character)) {
      padding = 0;
      digits.push(character);
    }
  }
  return digits.length % 4 === 0 ? encode(digits) : undefined;
}

function encode(digits: readonly string[]): string {
  return toBase64Url(Buffer.from(digits.join(''), 'base64'));
}
