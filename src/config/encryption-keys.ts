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
    const advice = spellingAdvice(text);
    throw new Error(
      `${position}. anahtar geçerli bir Fernet anahtarı değil (44 karakter, base64url)${advice === undefined ? '' : `; ${advice}`}`,
    );
  }
  if (bytes.every((byte) => byte === 0))
    throw new Error(`${position}. anahtar yalnızca sıfırlardan oluşuyor`);
  return bytes;
}

/** Longer ones are no key in any spelling. */
const MAX_SPELLED = 100;

const MENDS: readonly [RegExp, string, words: string][] = [
  [/^b(?=["'])/, '', 'başındaki b harfini silin'],
  [/^["']|["']$/g, '', 'çevresindeki tırnakları kaldırın'],
  [/(?:\\r)?\\n$/, '', 'sonundaki \\n işaretini silin'],
  [/\s+/g, '', 'içindeki boşlukları ve satır sonlarını silin'],
  [/\+/g, '-', '+ yerine - yazın'],
  [/\//g, '_', '/ yerine _ yazın'],
  [/%3D$/i, '=', 'sonundaki %3D yerine = yazın'],
  [/^[\w-]{43}$/, '$&=', 'sonuna = ekleyin'],
  [/^([\w-]{43}=)=+$/, '$1', 'sonunda tek bir = bırakın'],
];

const RESPELL = `node -p "Buffer.from(process.env.ENCRYPTION_KEY,'base64url').toString('base64url')+'='"`;

/** The words that mend a key which is right but for its spelling; undefined when it is no key. Never the key itself. */
function spellingAdvice(text: string): string | undefined {
  if (text.length > MAX_SPELLED) return undefined;
  let spelled = text;
  const words = MENDS.flatMap(([pattern, replacement, advice]) => {
    const before = spelled;
    spelled = before.replace(pattern, replacement);
    return spelled === before ? [] : [advice];
  });
  if (!KEY_TEXT.test(spelled)) return undefined;
  return words.length > 0
    ? `yalnızca yazımı yanlış: ${words.join(', ')}`
    : `son harfi kurala uymuyor; doğru yazımını şu komut verir: ${RESPELL}`;
}
