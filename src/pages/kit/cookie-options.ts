import type { CookieOptions, Response } from 'express';

/** Of the cookies that hold no secret; `secureCookies` is set with the views. */
export function cookieOptions({ app }: Response): CookieOptions {
  return {
    httpOnly: true,
    sameSite: 'lax',
    secure: app.locals.secureCookies === true,
  };
}
