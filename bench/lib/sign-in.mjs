import { ADMIN } from './built.mjs';

/** A form of the sign-in page: its cookie and its CSRF token. */
export async function signInForm(url) {
  const page = await fetch(`${url}/login`);
  return {
    cookie: cookiesOf(page),
    csrf: /name="_csrf"[^>]*value="([^"]+)"/.exec(await page.text())?.[1] ?? '',
  };
}

/** @returns the answer to a sign-in, its body read. */
export async function signIn(
  url,
  { cookie, csrf },
  { username, password },
  headers = {},
) {
  const answer = await fetch(`${url}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, ...headers },
    body: new URLSearchParams({ _csrf: csrf, username, password }),
  });
  await answer.arrayBuffer();
  return answer;
}

/** The cookie of a new session of the admin. */
export async function signedInCookie(url) {
  const answer = await signIn(url, await signInForm(url), ADMIN);
  if (answer.status !== 303) throw new Error(`sign-in: ${answer.status}`);
  return cookiesOf(answer);
}

function cookiesOf(answer) {
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
}
