import { parse as parseContentType } from 'content-type';
import type { Request } from 'express';
import { UnsupportedMediaTypeError } from '../errors/common.errors.js';

/**
 * Lets a body pass that is of one of these types, in UTF-8 and uncompressed.
 * @throws UnsupportedMediaTypeError
 */
export function assertPlainText(
  { headers }: Pick<Request, 'headers'>,
  types: readonly string[],
): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (
    encoding.toLowerCase() !== 'identity' ||
    !isUtf8Text(headers['content-type'] ?? '', types)
  )
    throw new UnsupportedMediaTypeError();
}

function isUtf8Text(header: string, types: readonly string[]): boolean {
  try {
    const { type, parameters } = parseContentType(header);
    return (
      types.includes(type) &&
      (parameters.charset ?? 'utf-8').toLowerCase() === 'utf-8'
    );
  } catch {
    return false;
  }
}
