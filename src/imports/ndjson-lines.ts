import { BodyTooLargeError } from '../common/errors/common.errors.js';
import { MAX_IMPORT_BYTES, MAX_LINE_BYTES } from './import-limits.js';

export interface NdjsonLine {
  /** Counted from 1, blank lines included, as an editor shows it. */
  number: number;
  /** Without its end; undefined when it is longer than a line may be. */
  bytes: Buffer | undefined;
}

const LF = 0x0a;
const CR = 0x0d;
const BLANKS = new Set([0x20, 0x09, CR]);
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Cuts a stream into the lines that have something in them; holds no more of it than one line.
 * Lines end with LF or CRLF, the last one with either or nothing. A byte order mark at the start is passed over.
 * @throws BodyTooLargeError as soon as more has come than an import may have.
 */
export async function* ndjsonLines(
  source: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<NdjsonLine> {
  const line = new LineBuffer();
  let size = 0;
  for await (const piece of source) {
    const chunk = Buffer.from(piece);
    size += chunk.length;
    if (size > MAX_IMPORT_BYTES) throw new BodyTooLargeError();
    let start = line.skipEmpty(chunk, 0);
    let end = chunk.indexOf(LF, start);
    while (end !== -1) {
      line.add(chunk.subarray(start, end));
      if (line.end()) yield line.taken();
      start = line.skipEmpty(chunk, end + 1);
      end = chunk.indexOf(LF, start);
    }
    line.add(chunk.subarray(start));
  }
  if (line.end()) yield line.taken();
}

/** The line that is being read, and the number that it has. */
class LineBuffer {
  #number = 0;
  #size = 0;
  #parts: Buffer[] = [];
  #bytes: Buffer | undefined;

  /** Passes over lines without a byte in them, quickly: a file may be nothing else. @returns where they end. */
  skipEmpty(chunk: Buffer, from: number): number {
    let at = from;
    while (this.#size === 0 && chunk[at] === LF) at += 1;
    this.#number += at - from;
    return at;
  }

  add(part: Buffer): void {
    if (part.length === 0) return;
    this.#size += part.length;
    // What is too long is counted and not kept; the 4 bytes are a mark at the start and a CR at the end.
    if (this.#size > MAX_LINE_BYTES + 4) this.#parts = [];
    else this.#parts.push(part);
  }

  /** @returns whether there is something in the line that ends here. */
  end(): boolean {
    this.#number += 1;
    if (this.#size === 0) return false;
    const tooLong = this.#size > MAX_LINE_BYTES + 4;
    const bytes = this.#trimmed(Buffer.concat(this.#parts));
    this.#size = 0;
    this.#parts = [];
    this.#bytes = tooLong || bytes.length > MAX_LINE_BYTES ? undefined : bytes;
    return tooLong || !bytes.every((byte) => BLANKS.has(byte));
  }

  taken(): NdjsonLine {
    return { number: this.#number, bytes: this.#bytes };
  }

  #trimmed(bytes: Buffer): Buffer {
    const marked =
      this.#number === 1 && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK);
    return bytes.subarray(marked ? 3 : 0, bytes.at(-1) === CR ? -1 : undefined);
  }
}
