import type { Request, Response } from 'express';

const MAX_MS = 3_000;

/**
 * For a body that a handler reads piece by piece. Where the answer comes before its end, what is still on its way is
 * read away for a moment: closing at once would reset the connection, and the caller would never see why it was refused.
 */
export function readAwayOnceAnswered(
  request: Request,
  response: Response,
): void {
  response.once('finish', () => {
    if (request.readableEnded) return;
    const late = setTimeout(() => request.socket.destroy(), MAX_MS).unref();
    request.once('close', () => clearTimeout(late));
    request.resume();
  });
}
