import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';

/** Nobody is sent more cookies of one name than this by mistake. */
const MAX_VALUES = 8;

/**
 * All values of a cookie, in their order. Browsers send several of one name when a neighbour on the host, another path or
 * the parent domain has set them, and the first is not always ours.
 */
export function cookieValues(
  { headers }: IncomingMessage,
  name: string,
): string[] {
  if (headers.cookie === undefined) return [];
  return headers.cookie
    .split(';')
    .filter((pair) => pair.includes(name))
    .flatMap((pair) => parseCookie(pair)[name] ?? [])
    .slice(0, MAX_VALUES);
}
