import type { Locale } from './locale.js';

const MAX_SHOWN_SECONDS = 120;

/** `90 saniye`, `15 minutes`: rounded up, so that whoever waits as long has waited long enough. */
export function durationText(locale: Locale, seconds: number): string {
  const inSeconds = seconds <= MAX_SHOWN_SECONDS;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: inSeconds ? 'second' : 'minute',
    unitDisplay: 'long',
  }).format(Math.ceil(inSeconds ? seconds : seconds / 60));
}
