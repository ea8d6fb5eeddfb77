import type { Request } from 'express';
import { BodyTooLargeError } from '../common/errors/common.errors.js';
import { assertPlainText } from '../http/plain-text.js';
import { MAX_IMPORT_BYTES } from './import-limits.js';

export const NDJSON_TYPES = ['application/x-ndjson', 'application/jsonl'];

const PATH = /^\/api\/tenants\/imports\/?$/;

/** The one request whose body is not JSON, and too large to be read before it is known who sends it. */
export function isImportUpload({ method, baseUrl, path }: Request): boolean {
  return method === 'POST' && PATH.test(baseUrl + path);
}

/**
 * Judges an upload by its headers, before any of its body is read.
 * @throws UnsupportedMediaTypeError, BodyTooLargeError
 */
export function assertImportUpload(request: Request): void {
  assertPlainText(request, NDJSON_TYPES);
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > MAX_IMPORT_BYTES) throw new BodyTooLargeError();
}
