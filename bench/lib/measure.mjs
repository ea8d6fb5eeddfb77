import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from './load.mjs';
import { cpuSeconds, residentMegabytes } from './machine.mjs';

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** One load on one server, with what it cost the server. */
export async function measure(server, request) {
  const cpu = cpuSeconds(server.pid);
  const result = await load({
    ...request,
    url: server.url + request.path,
    headers: { ...server.headers, ...request.headers },
  });
  return {
    ...result,
    cpuMicroseconds:
      cpu === undefined
        ? undefined
        : ((cpuSeconds(server.pid) - cpu) * 1e6) / result.requests,
    megabytes: residentMegabytes(server.pid),
  };
}

/**
 * Loads several servers in turn, A B A B, so that whatever else the machine does hits all of them.
 * @returns for each the medians over the rounds.
 */
export async function alternate(servers, requestFor, rounds) {
  const results = Object.fromEntries(
    Object.keys(servers).map((name) => [name, []]),
  );
  for (const [name, server] of Object.entries(servers))
    await measure(server, { ...requestFor(name), duration: 1 });
  for (let round = 0; round < rounds; round += 1)
    for (const [name, server] of Object.entries(servers))
      results[name].push(await measure(server, requestFor(name)));
  return Object.fromEntries(
    Object.entries(results).map(([name, all]) => [name, medians(all)]),
  );
}

function medians(results) {
  return Object.fromEntries(
    ['perSecond', 'p50', 'p99', 'cpuMicroseconds', 'megabytes'].map((key) => [
      key,
      median(results.map((result) => result[key])),
    ]),
  );
}

/** The event loop's delays in the service since the last call, in ms. */
export async function loopDelays({ pid, delays }) {
  rmSync(delays, { force: true });
  process.kill(pid, 'SIGUSR2');
  for (let tries = 0; tries < 200; tries += 1) {
    await sleep(25);
    try {
      return JSON.parse(readFileSync(delays, 'utf8'));
    } catch {
      // Not written yet.
    }
  }
  throw new Error('the service gave no delays');
}
