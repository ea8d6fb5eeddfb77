import { parse as parseContentType } from 'content-type';
import type { Request } from 'express';
import { UnsupportedMediaTypeError } from '../common/errors/common.errors.js';
import { headerValues } from './header-values.js';

type WithHeaders = Pick<Request, 'headers'>;

/** As in `application/json;`, which RFC 9110 (section 5.6.6) allows. */
const EMPTY_PARAMETERS = /;[ \t]*(?=;|$)/g;
const UTF8 = new Set(['utf-8', 'utf8']);

/** The lower-case type of a body, without parameters; '' when it has none. */
export function mediaTypeOf({ headers }: WithHeaders): string {
  const [type = ''] = (headers['content-type'] ?? '').split(';', 1);
  return type.trim().toLowerCase();
}

/**
 * Lets a body pass that is of one of these types, in UTF-8 and uncompressed.
 * @throws UnsupportedMediaTypeError
 */
export function assertPlainText(
  request: Pick<Request, 'headers' | 'rawHeaders'>,
  types: readonly string[],
): void {
  const { headers } = request;
  const encoding = headers['content-encoding'] ?? 'identity';
  if (
    encoding.toLowerCase() !== 'identity' ||
    // `headers` has the first of several.
    headerValues(request, 'content-type').length > 1 ||
    !isUtf8Text(headers['content-type'] ?? '', types)
  )
    throw new UnsupportedMediaTypeError();
}

function isUtf8Text(header: string, types: readonly string[]): boolean {
  try {
    const { type, parameters } = parseContentType(
      header.replace(EMPTY_PARAMETERS, ''),
    );
    return (
      types.includes(type) &&
      UTF8.has((parameters.charset ?? 'utf-8').toLowerCase())
    );
  } catch {
    return false;
  }
}
