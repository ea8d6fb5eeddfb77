import { isIP } from 'node:net';
import { USERNAME_PATTERN } from '../common/validation/patterns.js';

const CONTROL_CHARACTER = /\p{Cc}/u;
const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const LOOKS_LIKE_ADDRESS = /^[\d.]+$/;

/** Digits only (no sign, exponent or leading zero), `min` to `max` inclusive. */
export function wholeNumber(
  min: number,
  max: number,
): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!/^(?:0|[1-9]\d{0,8})$/.test(value) || number < min || number > max) {
      throw new Error(`${min} ile ${max} arasında bir tam sayı olmalı`);
    }
    return number;
  };
}

export function checkAppName(value: string): void {
  if (
    value.trim() === '' ||
    [...value].length > 60 ||
    CONTROL_CHARACTER.test(value)
  ) {
    throw new Error('1-60 karakter olmalı, denetim karakteri içermemeli');
  }
}

export function checkSecretKey(value: string): void {
  if ([...value].length < 32) throw new Error('en az 32 karakter olmalı');
}

export function checkHost(value: string): void {
  if (isIP(value) > 0) return;
  if (LOOKS_LIKE_ADDRESS.test(value) || !HOST_NAME.test(value)) {
    throw new Error('bir IP adresi veya sunucu adı olmalı');
  }
}

/** An origin: scheme, host and port, nothing behind them. */
export function checkPublicUrl(value: string): void {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const bare = value.endsWith('/') ? value.slice(0, -1) : value;
  if (
    url === undefined ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.username !== '' ||
    url.password !== '' ||
    !/^https?:\/\/[^/?#\s]+$/i.test(bare)
  ) {
    throw new Error(
      'http:// veya https:// ile başlayan, yolu olmayan bir adres olmalı',
    );
  }
}

export function checkAdminUsername(value: string): void {
  if (!USERNAME_PATTERN.test(value) || value.length < 3 || value.length > 100) {
    throw new Error(
      '3-100 karakter olmalı; harf, rakam, nokta, alt çizgi ve tire kullanılabilir',
    );
  }
}
