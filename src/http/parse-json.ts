import { MalformedRequestError } from '../common/errors/common.errors.js';

const DEEPEST_NESTING = 32;

/**
 * Reads JSON in UTF-8. Bytes that are not UTF-8 are refused instead of replaced, and so is nesting that nobody needs.
 * @returns undefined for no bytes at all.
 * @throws MalformedRequestError
 */
export function parseJsonBytes(bytes: Uint8Array): unknown {
  return parseJson(decodeUtf8(bytes));
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new MalformedRequestError();
  }
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  // The parser's own message quotes the body, so it goes nowhere.
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new MalformedRequestError();
  }
  if (isDeeperThan(body, DEEPEST_NESTING)) throw new MalformedRequestError();
  return body;
}

/** The root is level 1. Looks no further down than it has to. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (
    levels === 0 ||
    Object.values(value).some((inner) => isDeeperThan(inner, levels - 1))
  );
}
