import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from './load.mjs';
import { cpuSeconds, residentMegabytes } from './machine.mjs';
import { median } from './statistics.mjs';

/** One load on one server, with what it cost the server. */
export async function measure(server, { path = '/', ...request }) {
  const cpu = cpuSeconds(server.pid);
  const result = await load({
    ...request,
    url: server.url + path,
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
 * @param servers by name.
 * @param requestFor gives the request for a name.
 * @returns for each name the medians over the rounds.
 */
export async function alternate(
  servers,
  requestFor,
  { rounds, seconds, warmUpSeconds },
) {
  const names = Object.keys(servers);
  const results = Object.fromEntries(names.map((name) => [name, []]));
  const once = (name, duration, mayFail) =>
    measure(servers[name], { ...requestFor(name), duration, mayFail });
  // What fails here fails again.
  for (const name of names) await once(name, warmUpSeconds, true);
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) results[name].push(await once(name, seconds));
  return Object.fromEntries(
    names.map((name) => [name, medians(results[name])]),
  );
}

export function medians(results) {
  return Object.fromEntries(
    ['perSecond', 'p50', 'p99', 'cpuMicroseconds', 'megabytes'].map((key) => [
      key,
      median(results.map((result) => result[key])),
    ]),
  );
}

/** The event loop's delays in a service that was started with them, since the last call, in ms. */
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
