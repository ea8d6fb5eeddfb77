import type { RawEnv } from './load-config.js';

/** In characters. Values that name each other can double with each line. */
const MAX_VALUE_LENGTH = 64 * 1024;

/** A value has grown too long. */
export class ValueTooLongError extends Error {
  constructor(readonly variable: string) {
    super('a value is too long');
  }
}

/**
 * Fills `${NAME}` and `${NAME:-default}` in, as python-dotenv does
 * (https://github.com/theskumar/python-dotenv/blob/main/src/dotenv/variables.py): from the lines above, then from the process
 * environment. A name that is nowhere is empty; a default stands in for it only where there is none, not where it is empty.
 * @throws ValueTooLongError
 */
export function fillIn(
  bindings: readonly [name: string, value: string][],
  environment: RawEnv,
): Map<string, string> {
  const values = new Map<string, string>();
  const lookUp = (name: string): string | undefined =>
    values.get(name) ?? environment[name];
  for (const [name, value] of bindings)
    values.set(name, fill(name, value, lookUp));
  return values;
}

function fill(
  variable: string,
  value: string,
  lookUp: (name: string) => string | undefined,
): string {
  const parts: string[] = [];
  let length = 0;
  const add = (part: string): void => {
    length += part.length;
    if (length > MAX_VALUE_LENGTH) throw new ValueTooLongError(variable);
    parts.push(part);
  };
  let from = 0;
  let open = value.indexOf('${');
  let close = value.indexOf('}', open);
  while (open >= 0 && close >= 0) {
    const [name = '', ...rest] = value.slice(open + 2, close).split(':', 2);
    const isReference =
      rest.length === 0 || value[open + 2 + name.length + 1] === '-';
    if (isReference) {
      add(value.slice(from, open));
      const fallback = value.slice(open + 2 + name.length + 2, close);
      add(lookUp(name) ?? (rest.length === 0 ? '' : fallback));
      from = close + 1;
    }
    open = value.indexOf('${', isReference ? from : open + 2);
    if (open > close) close = value.indexOf('}', open);
  }
  add(value.slice(from));
  return parts.join('');
}
