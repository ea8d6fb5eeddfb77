import type { Readable } from 'node:stream';
import {
  MalformedRequestError,
  UnavailableError,
} from '../common/errors/common.errors.js';
import { MAX_SPAN_MS, MAX_UPLOAD_MS, MIN_SPAN_BYTES } from './import-limits.js';

const RETRY_AFTER_SECONDS = 5;

export type Chunks = AsyncGenerator<Uint8Array | string>;

export interface Pace {
  /** Ends the reading when the process is about to. */
  stop: AbortSignal;
  /** Waits for the sender as long as it takes. */
  isPatient: boolean;
}

/**
 * What a source gives, unless it is so slow that it only holds its place. Time counts while we wait for the sender, not
 * while the sender waits for us.
 * @param source not destroyed, so that its connection can still carry the answer.
 * @throws MalformedRequestError when it breaks off or is too slow, UnavailableError when the process is about to end.
 */
export async function* pacedChunks(
  source: Readable,
  { stop, isPatient }: Pace,
): Chunks {
  // A `Readable` does not tell what its chunks are; those of requests, files and forms are bytes.
  const chunks = source.iterator({ destroyOnReturn: false }) as Chunks;
  const end = performance.now() + MAX_UPLOAD_MS;
  let left = MAX_SPAN_MS;
  let bytes = 0;
  try {
    for (;;) {
      const asked = performance.now();
      const limit = isPatient ? undefined : Math.min(left, end - asked);
      const next = await within(chunks.next(), limit, stop);
      if (next.done === true) return;
      left -= performance.now() - asked;
      bytes += next.value.length;
      if (bytes >= MIN_SPAN_BYTES) [left, bytes] = [MAX_SPAN_MS, 0];
      yield next.value;
    }
  } finally {
    // The iterator's own: while it is there nothing else can read away what is still on its way.
    source.removeAllListeners('readable');
  }
}

/** @param limit milliseconds; undefined for none. */
function within<T>(
  chunk: Promise<T>,
  limit: number | undefined,
  stop: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer =
      limit === undefined
        ? undefined
        : setTimeout(
            () => reject(new MalformedRequestError('the sender is too slow')),
            Math.max(0, limit),
          );
    const leave = () => reject(new UnavailableError(RETRY_AFTER_SECONDS));
    stop.addEventListener('abort', leave, { once: true });
    if (stop.aborted) leave();
    void chunk
      .then(resolve, (cause: unknown) =>
        reject(new MalformedRequestError('', { cause })),
      )
      .finally(() => {
        clearTimeout(timer);
        stop.removeEventListener('abort', leave);
      });
  });
}
