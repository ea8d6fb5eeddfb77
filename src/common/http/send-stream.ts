import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/**
 * Sends a stream at the pace of its reader. A stream that fails breaks the connection: an answer that simply ended would
 * pass for whole. A reader who leaves is no failure.
 */
export async function sendStream(
  response: Response,
  source: Readable,
): Promise<void> {
  try {
    await pipeline(source, response);
  } catch (error) {
    const left =
      error instanceof Error &&
      'code' in error &&
      error.code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!left) throw error;
  }
}
