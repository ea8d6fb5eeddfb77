import type { Locale } from '../common/i18n/locale.js';
import { en } from './en.js';
import { tr } from './tr.js';

const CATALOGUES: Record<Locale, object> = { tr, en };

/**
 * The text under a dotted key, as `tenants.title`.
 * @throws Error for an unknown key: a page must not go out with a hole in it.
 */
export function pageText(locale: Locale, key: string): string {
  const text = find(locale, key);
  if (text === undefined) throw new Error(`no page text for ${key}`);
  return text;
}

export function hasPageText(locale: Locale, key: string): boolean {
  return find(locale, key) !== undefined;
}

function find(locale: Locale, key: string): string | undefined {
  let node: unknown = CATALOGUES[locale];
  for (const part of key.split('.')) {
    node =
      typeof node === 'object' && node !== null && Object.hasOwn(node, part)
        ? Reflect.get(node, part)
        : undefined;
  }
  return typeof node === 'string' ? node : undefined;
}
