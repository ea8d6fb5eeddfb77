import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { MalformedRequestError } from '../common/errors/common.errors.js';
import { cookieValues } from './cookie-values.js';
import { headerValues } from './header-values.js';
import { isLocale, type Locale, LOCALES } from '../common/i18n/locale.js';

export const LOCALE_COOKIE = 'vr_locale';

/** What every request carries from its first moment; kept in `response.locals`. */
export interface RequestContext {
  requestId: string;
  locale: Locale;
}

/**
 * Gives each request its id and language.
 * The id is always ours: one that a caller chooses could forge log lines or carry input into answers.
 */
export function requestContext(defaultLocale: Locale): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const context: RequestContext = {
      requestId: randomUUID(),
      locale: localeOf(request, defaultLocale),
    };
    Object.assign(response.locals, context);
    response.setHeader('X-Request-Id', context.requestId);
    response.setHeader('Content-Language', context.locale);
    response.setHeader('Vary', 'Accept-Language');
    request.url = withDecodablePath(request.url);
    next();
  };
}

/**
 * Two `Host` headers mean that a proxy and we may see different hosts. HTTP/1.0, which balancers' probes still speak, has none;
 * from HTTP/1.1 on one is needed (RFC 9112, section 3.2).
 */
export function singleHost(
  request: Request,
  _response: Response,
  next: NextFunction,
): void {
  const hosts = headerValues(request, 'host').length;
  const fewest = request.httpVersion === '1.0' ? 0 : 1;
  if (hosts < fewest || hosts > 1) throw new MalformedRequestError();
  next();
}

export function contextOf(response: Response): RequestContext {
  // Filled by `requestContext`, which runs first.
  return response.locals as unknown as RequestContext;
}

/** The dashboard's language switch first, for its pages only; then what the browser prefers. */
function localeOf(request: Request, fallback: Locale): Locale {
  const { 'accept-language': languages } = request.headers;
  const chosen = request.path.startsWith('/api')
    ? undefined
    : cookieValues(request, LOCALE_COOKIE).find(isLocale);
  if (chosen !== undefined) return chosen;
  if (languages === undefined) return fallback;
  const preferred = request.acceptsLanguages([
    fallback,
    ...LOCALES.filter((locale) => locale !== fallback),
  ]);
  return isLocale(preferred) ? preferred : fallback;
}

/** A path with broken percent-encoding is taken literally, so that it is simply not found. */
function withDecodablePath(url: string): string {
  if (!url.includes('%')) return url;
  const [path = '', ...query] = url.split('?');
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return [path.replaceAll('%', '%25'), ...query].join('?');
  }
}
