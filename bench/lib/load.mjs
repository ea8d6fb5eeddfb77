import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const CANNON = fileURLToPath(new URL('./cannon.mjs', import.meta.url));

/**
 * Puts a server under load from another process.
 * @param options of autocannon: url, connections, duration, method, headers, body, …
 * @returns requests per second, latencies in ms, and how many answers there were by kind.
 */
export async function load(options) {
  const cannon = fork(CANNON, [JSON.stringify(options)]);
  const [[result]] = await Promise.all([
    once(cannon, 'message'),
    once(cannon, 'exit'),
  ]);
  if (result.failed > 0 && options.mayFail !== true)
    throw new Error(
      `${result.failed} of ${result.requests} requests to ${options.url} failed: ${JSON.stringify(result.statuses)}`,
    );
  return result;
}
