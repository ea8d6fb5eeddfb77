import { fileURLToPath } from 'node:url';
import { nextMessage, startWorker } from './processes.mjs';

const SCRIPT = fileURLToPath(new URL('./cannon.mjs', import.meta.url));
let cannon;

/**
 * Puts a server under load from another process, the same for all loads of a run; one at a time.
 * @param options of autocannon: url, connections, duration, headers, …; `traffic` names what TRAFFIC makes;
 *   `mayFail` when other answers than 2xx are no fault of the bench.
 * @returns requests per second, latencies in ms, and how many answers there were by kind.
 */
export async function load({ mayFail = false, ...options }) {
  cannon ??= startWorker(SCRIPT);
  const answer = nextMessage(cannon);
  cannon.send(options);
  const { result, error } = await answer;
  if (error !== undefined) throw new Error(error);
  if (!mayFail && (result.requests === 0 || result.failed > 0))
    throw new Error(
      `${result.failed} of ${result.requests} requests to ${options.url} failed: ${JSON.stringify(result.statuses)}`,
    );
  return result;
}

/** Without its load's process the bench ends by itself. */
export function endLoads() {
  cannon?.disconnect();
  cannon = undefined;
}
