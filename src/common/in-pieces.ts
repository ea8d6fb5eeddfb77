/** Of what is read and sent at once, as it is stored: as much as a slow reader may hold here. */
export const PIECE_BYTES = 128 * 1024;

/** The id of a row, and how much of it there is. */
export interface SizedId {
  id: number;
  bytes: number;
}

/** A list: all of it, or its first piece and, read only as they are wanted, the others. */
export interface Pieces<Piece> {
  first: Piece;
  others?: AsyncIterable<Piece>;
}

/** Parts a list, in its order, so that each part has at most `PIECE_BYTES`, or is one row that has more. */
export function inPieces(rows: readonly SizedId[]): number[][] {
  const pieces: number[][] = [];
  let room = 0;
  for (const { id, bytes } of rows) {
    const last = pieces.at(-1);
    if (last !== undefined && bytes <= room) last.push(id);
    else {
      pieces.push([id]);
      room = PIECE_BYTES;
    }
    room -= bytes;
  }
  return pieces;
}

/** Reads rows piece by piece, each when it is wanted and the first at once. */
export async function readInPieces<Piece>(
  rows: readonly SizedId[],
  read: (ids: readonly number[]) => Promise<Piece>,
): Promise<Pieces<Piece>> {
  const [piece = [], ...others] = inPieces(rows);
  const first = await read(piece);
  return others.length === 0
    ? { first }
    : { first, others: each(others, read) };
}

/** Rows in the order of these ids; those that were not found are left out. */
export function inOrder<T extends { id: number }>(
  ids: readonly number[],
  found: readonly T[],
): T[] {
  const byId = new Map(found.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

async function* each<Piece>(
  pieces: readonly number[][],
  read: (ids: readonly number[]) => Promise<Piece>,
): AsyncGenerator<Piece> {
  for (const piece of pieces) yield await read(piece);
}
