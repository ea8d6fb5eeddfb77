import { readFileSync } from 'node:fs';
import hbs from 'hbs';
import { isLocale, type Locale } from '../../../common/i18n/locale.js';
import { interpolate } from '../../../common/i18n/messages.js';
import { assetUrl, iconFile } from '../assets/assets.js';
import { pageText } from '../../page-texts.js';

interface HelperOptions {
  hash: Record<string, string | number>;
  data: { root: { locale?: unknown } };
}

const DATE_FORMATS: Record<Locale, Intl.DateTimeFormat> = {
  tr: dateFormat('tr-TR'),
  en: dateFormat('en-GB'),
};
const { SafeString, escapeExpression } = hbs.handlebars;
const icons = new Map<string, InstanceType<typeof SafeString>>();

export const helpers = {
  /** `{{t 'tenants.title'}}` or `{{t 'flash' flash}}`, with parameters as `name=value`. */
  t: (...parts: [...key: string[], options: HelperOptions]): string => {
    const { hash, data } = parts.at(-1) as HelperOptions;
    const key = parts.slice(0, -1).map(String).join('.');
    return interpolate(pageText(localeOf(data), key), hash);
  },
  /** A moment as people in Turkey write it: `22.11.2026 21:39`, in Istanbul's time. */
  date: (iso: string | null, { data }: HelperOptions): string =>
    iso === null
      ? '–'
      : DATE_FORMATS[localeOf(data)].format(new Date(iso)).replace(',', ''),
  /** A whole number as the reader writes it: `32.000` in Turkish. */
  number: (value: number, { data }: HelperOptions): string =>
    value.toLocaleString(localeOf(data)),
  asset: (name: string): string => assetUrl(name),
  /** Text in which `code` is marked, as in Markdown. */
  prose: (text: string): InstanceType<typeof SafeString> =>
    new SafeString(
      text
        .split('`')
        .map((part, index) => {
          const escaped = escapeExpression(part);
          return index % 2 === 1 ? `<code>${escaped}</code>` : escaped;
        })
        .join(''),
    ),
  /** The keys of a shortcut, `g m`, as keys. */
  keys: (shortcut: string): InstanceType<typeof SafeString> =>
    new SafeString(
      shortcut
        .split(' ')
        .map((key) => `<kbd>${escapeExpression(key)}</kbd>`)
        .join(' '),
    ),
  concat: (...parts: [...(string | number)[], HelperOptions]): string =>
    parts.slice(0, -1).map(String).join(''),
  eq: (left: unknown, right: unknown): boolean => left === right,
  /** An icon of Tabler's outline set; decoration only, hidden from screen readers. */
  icon: (name: string): InstanceType<typeof SafeString> =>
    icons.get(name) ?? loadIcon(name),
};

function loadIcon(name: string): InstanceType<typeof SafeString> {
  const svg = readFileSync(iconFile(name), 'utf8')
    .replace(/<!--.*?-->/s, '')
    .replace('<svg', '<svg aria-hidden="true" focusable="false"')
    .replace('class="', 'class="icon ');
  const icon = new SafeString(svg.trim());
  icons.set(name, icon);
  return icon;
}

function localeOf({ root }: HelperOptions['data']): Locale {
  return isLocale(root.locale) ? root.locale : 'tr';
}

function dateFormat(language: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, {
    timeZone: 'Europe/Istanbul',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}
