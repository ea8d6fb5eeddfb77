import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

const VERSION = 0x80;
const HEADER_BYTES = 1 + 8 + 16;
const MAC_BYTES = 32;
const BLOCK_BYTES = 16;
const MAX_CLOCK_SKEW_SECONDS = 60;

/** What `encryptFernet` takes from outside so that the spec's vectors can be reproduced. */
export interface FernetInputs {
  /** Seconds since the epoch. */
  time: number;
  /** 16 bytes. */
  iv: Buffer;
}

/** How old a token may be; only for tokens that travel. Data at rest has no age limit: a clock jump must not lock it away. */
export interface FernetTtl {
  /** Seconds. */
  ttl: number;
  /** Seconds since the epoch. */
  now: number;
}

/**
 * Encrypts as the Fernet spec says (https://github.com/fernet/spec/blob/master/Spec.md):
 * version, time, IV, AES-128-CBC ciphertext, HMAC-SHA256 over all of it, in padded base64url.
 * @param key 32 bytes: signing half, then encryption half.
 */
export function encryptFernet(
  key: Buffer,
  plaintext: Buffer,
  { time, iv }: FernetInputs = {
    time: Math.floor(Date.now() / 1000),
    iv: randomBytes(16),
  },
): string {
  const header = Buffer.alloc(9);
  header.writeUInt8(VERSION, 0);
  header.writeBigUInt64BE(BigInt(time), 1);
  const cipher = createCipheriv('aes-128-cbc', key.subarray(16), iv);
  const signed = Buffer.concat([
    header,
    iv,
    cipher.update(plaintext),
    cipher.final(),
  ]);
  return toBase64Url(Buffer.concat([signed, sign(key, signed)]));
}

/**
 * Decrypts a token.
 * @returns the plaintext, or undefined when the token is not a valid one of this key: which check failed is nobody's business.
 */
export function decryptFernet(
  key: Buffer,
  token: string,
  limit?: FernetTtl,
): Buffer | undefined {
  const bytes = Buffer.from(token, 'base64url');
  const cipherBytes = bytes.length - HEADER_BYTES - MAC_BYTES;
  const wellFormed =
    bytes[0] === VERSION &&
    cipherBytes >= BLOCK_BYTES &&
    cipherBytes % BLOCK_BYTES === 0;
  if (!wellFormed || toBase64Url(bytes) !== token) return undefined;
  const signed = bytes.subarray(0, -MAC_BYTES);
  if (!timingSafeEqual(sign(key, signed), bytes.subarray(-MAC_BYTES)))
    return undefined;
  if (
    limit !== undefined &&
    isOutOfTime(Number(bytes.readBigUInt64BE(1)), limit)
  )
    return undefined;
  return decryptBody(key, signed);
}

function decryptBody(key: Buffer, signed: Buffer): Buffer | undefined {
  const iv = signed.subarray(9, HEADER_BYTES);
  const decipher = createDecipheriv('aes-128-cbc', key.subarray(16), iv);
  try {
    return Buffer.concat([
      decipher.update(signed.subarray(HEADER_BYTES)),
      decipher.final(),
    ]);
  } catch {
    return undefined;
  }
}

function sign(key: Buffer, signed: Buffer): Buffer {
  return createHmac('sha256', key.subarray(0, 16)).update(signed).digest();
}

function isOutOfTime(time: number, { ttl, now }: FernetTtl): boolean {
  return time + ttl < now || time > now + MAX_CLOCK_SKEW_SECONDS;
}

/** Padded, as Fernet wants it. */
export function toBase64Url(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
