import type { IncomingMessage } from 'node:http';

/**
 * All values of a header, in their order. Node's `headers` has the first of some and joins others, and `headersDistinct`
 * sorts every header of the request to give one.
 * @param name in lower case.
 */
export function headerValues(
  { rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>,
  name: string,
): string[] {
  return rawHeaders.filter(
    (_, index) =>
      index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name,
  );
}
