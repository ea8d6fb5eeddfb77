import type { Response } from 'express';
import { LOCALE_COOKIE } from '../../http/request-context.js';
import { isLocale } from '../../common/i18n/locale.js';
import { cookieOptions } from './cookie-options.js';
import { formText } from './forms/form-text.js';
import { localPath } from './forms/local-path.js';

const YEAR_MS = 31_536_000_000;

/** Keeps the language that was chosen, and goes back to the page where that was done. */
export function switchLanguage(form: unknown, response: Response): void {
  const locale = formText(form, 'locale');
  if (isLocale(locale))
    response.cookie(LOCALE_COOKIE, locale, {
      ...cookieOptions(response),
      maxAge: YEAR_MS,
    });
  response.redirect(303, localPath(formText(form, 'back')));
}
