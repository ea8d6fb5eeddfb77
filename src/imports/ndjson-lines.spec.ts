import { describe, expect, it } from 'vitest';
import { BodyTooLargeError } from '../common/errors/common.errors.js';
import { MAX_IMPORT_BYTES, MAX_LINE_BYTES } from './import-limits.js';
import { ndjsonLines } from './ndjson-lines.js';

async function linesOf(
  ...chunks: (string | Buffer)[]
): Promise<[number, string | undefined][]> {
  const found: [number, string | undefined][] = [];
  for await (const { number, bytes } of ndjsonLines(sourceOf(chunks)))
    found.push([number, bytes?.toString()]);
  return found;
}

async function* sourceOf(
  chunks: (string | Buffer)[],
): AsyncGenerator<string | Buffer> {
  yield* chunks;
}

describe(ndjsonLines.name, () => {
  it.each<[string, string[], [number, string | undefined][]]>([
    ['nothing', [], []],
    ['blank lines only', ['\n\r\n \t \n'], []],
    [
      'a last line without an end',
      ['a\nb'],
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'a last line with an end',
      ['a\nb\n'],
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'CRLF',
      ['a\r\nb\r\n'],
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'blank lines between',
      ['\na\n\n \n\r\nb'],
      [
        [2, 'a'],
        [6, 'b'],
      ],
    ],
    [
      'a byte order mark',
      ['\uFEFFa\n\uFEFFb'],
      [
        [1, 'a'],
        [2, '\uFEFFb'],
      ],
    ],
    [
      'lines over several chunks',
      ['a', 'b\nc', '\n', 'd'],
      [
        [1, 'ab'],
        [2, 'c'],
        [3, 'd'],
      ],
    ],
    [
      'a CR and its LF in two chunks',
      ['a\r', '\nb'],
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
  ])('reads %s', async (_name, chunks, lines) => {
    expect(await linesOf(...chunks)).toEqual(lines);
  });

  it('joins a letter that was cut in two', async () => {
    const bytes = Buffer.from('İğ\n');
    expect(await linesOf(bytes.subarray(0, 3), bytes.subarray(3))).toEqual([
      [1, 'İğ'],
    ]);
  });

  it('takes a line of the greatest length and passes a longer one over', async () => {
    const longest = 'x'.repeat(MAX_LINE_BYTES);
    const lines = await linesOf(
      `\uFEFF${longest}\r\n${longest}x\n`,
      ...Array.from({ length: 40 }, () => longest),
      '\nlast',
    );
    expect(lines.map(([number, text]) => [number, text?.length])).toEqual([
      [1, MAX_LINE_BYTES],
      [2, undefined],
      [3, undefined],
      [4, 4],
    ]);
  });

  it('takes 64 MiB and not a byte more', async () => {
    const blank = Buffer.alloc(1024 * 1024, '\n');
    const most = Array.from(
      { length: MAX_IMPORT_BYTES / blank.length },
      () => blank,
    );
    expect(await linesOf(...most)).toEqual([]);
    await expect(linesOf(...most, '\n')).rejects.toThrow(BodyTooLargeError);
  });
});
