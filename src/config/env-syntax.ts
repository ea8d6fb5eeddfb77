/** What Python's `\s` matches; JavaScript's differs by a few. */
const SPACE =
  '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const BLANK = SPACE.replace('\\t-\\r', '\\t\\v\\f');

const SPACES = new RegExp(`[${SPACE}]*`, 'y');
const BLANKS = new RegExp(`[${BLANK}]*`, 'y');
const EXPORT = new RegExp(`export[${BLANK}]+`, 'y');
const QUOTED_KEY = /'([^']+)'/y;
const KEY = new RegExp(`[^=#${SPACE}]+`, 'y');
const REST_OF_LINE = /[^\r\n]*/y;
const LINE_END = /\r\n|\n|\r|$/y;
const COMMENT = new RegExp(`[${SPACE}]#`);
const TRAILING_SPACE = new RegExp(`[${SPACE}]`);

const ESCAPES: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Thrown within a line, and caught at its end. */
class NoBinding extends Error {}

/**
 * The names and values of a `.env` file, values not filled in yet, as python-dotenv reads them
 * (https://github.com/theskumar/python-dotenv/blob/main/src/dotenv/parser.py): the old application's files are its.
 * A line that it cannot read is passed over; a name alone has no value and is left out. Takes time linear to the text.
 */
export function parseEnv(text: string): [name: string, value: string][] {
  const reader = new Reader(text.startsWith('\uFEFF') ? text.slice(1) : text);
  const bindings: [string, string][] = [];
  while (reader.more) {
    const binding = readBinding(reader);
    if (binding !== undefined) bindings.push(binding);
  }
  return bindings;
}

class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  get more(): boolean {
    return this.#at < this.text.length;
  }

  get next(): string {
    return this.text.charAt(this.#at);
  }

  /** What a sticky pattern matches here, and goes on behind it. @throws NoBinding */
  read(pattern: RegExp): string {
    const match = this.try(pattern);
    if (match === undefined) throw new NoBinding();
    return match;
  }

  try(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match[1] ?? match[0];
  }

  /**
   * What stands between quotes, escapes as they are. A quote behind a backslash ends it only where no other does:
   * the last one then.
   * @throws NoBinding
   */
  readQuoted(quote: string): string {
    const start = this.#at + 1;
    let end = this.text.indexOf(quote, start);
    let escaped = -1;
    while (end > start && this.text[end - 1] === '\\') {
      escaped = end;
      end = this.text.indexOf(quote, end + 1);
    }
    const last = end < 0 ? escaped : end;
    if (last < 0) throw new NoBinding();
    this.#at = last + 1;
    return this.text.slice(start, last);
  }
}

function readBinding(reader: Reader): [string, string] | undefined {
  try {
    reader.read(SPACES);
    if (!reader.more) return undefined;
    reader.try(EXPORT);
    const name = readKey(reader);
    reader.read(BLANKS);
    const value = reader.next === '=' ? readValue(reader) : undefined;
    reader.read(BLANKS);
    if (reader.next === '#') reader.read(REST_OF_LINE);
    reader.read(LINE_END);
    return name === undefined || value === undefined
      ? undefined
      : [name, value];
  } catch (error) {
    if (!(error instanceof NoBinding)) throw error;
    reader.read(REST_OF_LINE);
    reader.read(LINE_END);
    return undefined;
  }
}

function readKey(reader: Reader): string | undefined {
  if (reader.next === '#') return undefined;
  return reader.read(reader.next === "'" ? QUOTED_KEY : KEY);
}

function readValue(reader: Reader): string {
  reader.read(/=/y);
  reader.read(BLANKS);
  switch (reader.next) {
    case "'":
      return reader.readQuoted("'").replaceAll(/\\([\\'])/g, '$1');
    case '"':
      return reader
        .readQuoted('"')
        .replaceAll(
          /\\([\\'"abfnrtv])/g,
          (_, letter: string) => ESCAPES[letter] ?? letter,
        );
    default:
      return readBare(reader);
  }
}

/** Up to a comment or the end of the line. A `#` begins a comment only behind a blank. */
function readBare(reader: Reader): string {
  const line = reader.read(REST_OF_LINE);
  const comment = line.search(COMMENT);
  let end = comment < 0 ? line.length : comment;
  while (end > 0 && TRAILING_SPACE.test(line.charAt(end - 1))) end -= 1;
  return line.slice(0, end);
}
