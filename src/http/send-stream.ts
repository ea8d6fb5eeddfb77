import type { Response } from 'express';

/** For a reader to take what has been written before more is: a stalled one holds memory here. */
const MAX_STALL_MS = 60_000;

/**
 * Sends pieces at the pace of their reader: the next one is made when the last has been taken. Nothing is sent before the
 * first one is there, so that its failure can be answered. A later one breaks the connection: an answer that simply ended
 * would pass for whole. A reader who leaves is no failure, one who takes too long is left.
 */
export async function sendStream(
  response: Response,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  for await (const piece of pieces) {
    if (!response.destroyed && !response.write(piece))
      await untilTaken(response);
    // Nothing more is read for who has left: by then the database may be closed.
    if (response.destroyed) return;
  }
  response.end();
}

function untilTaken(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(late);
      response.off('drain', done).off('close', done);
      resolve();
    };
    const late = setTimeout(() => {
      // Without a socket it waits behind another answer of its connection, and that one's time runs.
      if (response.socket === null) return late.refresh();
      response.destroy();
      return done();
    }, MAX_STALL_MS);
    response.on('drain', done).on('close', done);
  });
}
