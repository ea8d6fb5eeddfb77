/** Of what is read and sent at once, as it is stored: as much as a slow reader may hold here. */
export const PIECE_BYTES = 128 * 1024;

/** The id of a row, and how much of it there is. */
export interface SizedId {
  id: number;
  bytes: number;
}

/** Rows of a list: all of them, or the first and, read only as they are wanted, the others. */
export interface ListRows<T> {
  first: T[];
  others?: AsyncIterable<T[]>;
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

/**
 * Reads rows piece by piece, each when it is wanted and the first at once.
 * @param find finds rows by id, in any order.
 */
export async function rowsInPieces<T extends { id: number }>(
  rows: readonly SizedId[],
  find: (ids: readonly number[]) => Promise<T[]>,
): Promise<ListRows<T>> {
  const [piece = [], ...others] = inPieces(rows);
  const read = async (ids: number[]): Promise<T[]> => {
    const found = new Map((await find(ids)).map((row) => [row.id, row]));
    return ids.flatMap((id) => found.get(id) ?? []);
  };
  const first = await read(piece);
  return others.length === 0
    ? { first }
    : { first, others: each(others, read) };
}

async function* each<T>(
  pieces: readonly number[][],
  read: (ids: number[]) => Promise<T[]>,
): AsyncGenerator<T[]> {
  for (const piece of pieces) yield await read(piece);
}
