import { fileURLToPath } from 'node:url';
import { nextMessage, startWorker } from './processes.mjs';
import { quantile } from './statistics.mjs';

const SCRIPT = fileURLToPath(new URL('./probe-process.mjs', import.meta.url));

/** How long an address takes to answer while some work is done: p50, p99 and max in ms, and what the work gave. */
export async function probeDuring(url, work) {
  const worker = startWorker(SCRIPT);
  const answer = nextMessage(worker);
  worker.send(url);
  const result = await work();
  worker.send('stop');
  const times = await answer;
  return {
    result,
    probes: times.length,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    max: times.at(-1),
  };
}
