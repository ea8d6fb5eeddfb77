import { fileURLToPath } from 'node:url';
import { answerOfWorker } from './processes.mjs';

const CANNON = fileURLToPath(new URL('./cannon.mjs', import.meta.url));

/**
 * Puts a server under load from another process.
 * @param options of autocannon: url, connections, duration, headers, …; `traffic` names what TRAFFIC makes;
 *   `mayFail` when other answers than 2xx are no fault of the bench.
 * @returns requests per second, latencies in ms, and how many answers there were by kind.
 */
export async function load({ mayFail = false, ...options }) {
  const result = await answerOfWorker(CANNON, options);
  if (result.requests < 2 || (result.failed > 0 && !mayFail))
    throw new Error(
      `${result.failed} of ${result.requests} requests to ${options.url} failed: ${JSON.stringify(result.statuses)}`,
    );
  return result;
}
