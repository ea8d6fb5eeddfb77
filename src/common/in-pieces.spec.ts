import { describe, expect, it } from 'vitest';
import { inPieces, PIECE_BYTES } from './in-pieces.js';

const sized = (...sizes: number[]) =>
  sizes.map((bytes, index) => ({ id: 10 - index, bytes }));

describe('inPieces', () => {
  it('fills each piece as far as it goes, in the order of the list', () => {
    const half = PIECE_BYTES / 2;
    expect(inPieces(sized(half, half, 1, half, half))).toEqual([
      [10, 9],
      [8, 7],
      [6],
    ]);
  });

  it('gives what is larger than a piece one of its own', () => {
    expect(inPieces(sized(1, PIECE_BYTES + 1, 1, 1))).toEqual([
      [10],
      [9],
      [8, 7],
    ]);
  });

  it('makes nothing of nothing', () => {
    expect(inPieces([])).toEqual([]);
  });
});
