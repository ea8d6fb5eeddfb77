import type { Locale } from '../../common/i18n/locale.js';
import { en } from './en.js';
import { tr } from './tr.js';

const CATALOGUES: Record<Locale, object> = { tr, en };

/**
 * The text under a dotted key, as `tenants.title`.
 * @throws Error for an unknown key: a page must not go out with a hole in it.
 */
export function pageText(locale: Locale, key: string): string {
  let node: unknown = CATALOGUES[locale];
  for (const part of key.split('.')) {
    node =
      typeof node === 'object' && node !== null && Object.hasOwn(node, part)
        ? Reflect.get(node, part)
        : undefined;
  }
  if (typeof node !== 'string') throw new Error(`no page text for ${key}`);
  return node;
}
