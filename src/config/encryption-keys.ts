const KEY_TEXT = /^[A-Za-z0-9_-]{43}=$/;

/**
 * Splits ENCRYPTION_KEY into Fernet keys (https://github.com/fernet/spec: 32 bytes, base64url with padding).
 * Strict, because a key that is read leniently here and strictly elsewhere locks data away.
 * @returns the keys' 32 bytes, in the given order.
 * @throws Error with a Turkish reason that does not repeat the value.
 */
export function parseEncryptionKeys(value: string): Buffer[] {
  const keys = value
    .split(',')
    .map((text, index) => parseKey(text.trim(), index + 1));
  const distinct = new Set(keys.map((key) => key.toString('hex')));
  if (distinct.size < keys.length)
    throw new Error('aynı anahtar birden fazla kez yazılmış');
  return keys;
}

function parseKey(text: string, position: number): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  const canonical = `${bytes.toString('base64url')}=` === text;
  if (!KEY_TEXT.test(text) || !canonical || bytes.length !== 32) {
    throw new Error(
      `${position}. anahtar geçerli bir Fernet anahtarı değil (44 karakter, base64url)`,
    );
  }
  if (bytes.every((byte) => byte === 0))
    throw new Error(`${position}. anahtar yalnızca sıfırlardan oluşuyor`);
  return bytes;
}
