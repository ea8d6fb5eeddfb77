import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { measure, medians } from '../lib/measure.mjs';
import { answerOfWorker } from '../lib/processes.mjs';
import { median } from '../lib/statistics.mjs';
import { SERVICES, startTargets, stopAll } from '../lib/targets.mjs';
import { TENANTS } from './requests.mjs';

const CREATE = { name: 'create, 8 clients', atLeast: 0.95 };
const CLIENTS = 8;
/** Few fit into a second. */
const SECONDS = 8;
const HASHES = 8;
const HASHER = fileURLToPath(
  new URL('../lib/hash-process.mjs', import.meta.url),
);

/**
 * A create hashes a password, and nothing else of it takes long: its floor is what all cores hash together if each is as
 * fast as one alone. The service has as many hash workers as `availableParallelism()`.
 */
export const creates = { title: 'creates', cases: [CREATE], run };

async function run(settings) {
  const servers = await startTargets(settings, TENANTS, {
    use: 'creates',
    apart: true,
    only: SERVICES,
  });
  const rounds = Object.fromEntries(SERVICES.map((name) => [name, []]));
  const alone = [];
  const together = [];
  for (let round = 0; round < settings.rounds; round += 1) {
    alone.push(...(await hashTimes(1)));
    for (const name of SERVICES)
      rounds[name].push(
        await measure(servers[name], {
          connections: CLIENTS,
          duration: settings.quick ? 4 : SECONDS,
          traffic: { kind: 'create' },
        }),
      );
    together.push(...(await hashTimes(availableParallelism())));
  }
  await stopAll(servers);
  const loads = Object.fromEntries(
    SERVICES.map((name) => [name, medians(rounds[name])]),
  );
  return [toRow(loads, { alone: median(alone), together: median(together) })];
}

/** Of several processes at the same time. */
async function hashTimes(processes) {
  const times = await Promise.all(
    Array.from({ length: processes }, () =>
      answerOfWorker(HASHER, { hashes: HASHES }),
    ),
  );
  return times.flat();
}

function toRow(loads, { alone, together }) {
  const cores = availableParallelism();
  const perSecond = (cores * 1000) / alone;
  return {
    section: 'floor',
    name: CREATE.name,
    loads: { ...loads, floor: { perSecond } },
    target: { atLeast: CREATE.atLeast },
    values: Object.fromEntries(
      SERVICES.map((name) => [name, loads[name].perSecond / perSecond]),
    ),
    note: `its floor is ${cores} cores / ${alone.toFixed(0)} ms for one hash in a process of its own; ${cores} such processes at once take ${together.toFixed(0)} ms for each, which is ${(alone / together).toFixed(2)} of that floor`,
  };
}
