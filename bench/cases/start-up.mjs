import { median } from '../lib/statistics.mjs';
import { SERVICES, startTargets, stopAll } from '../lib/targets.mjs';

const CASES = [
  { name: 'start to ready, 1,000 tenants', tenants: 1_000, quick: true },
  { name: 'start to ready, 100,000 tenants', tenants: 100_000 },
];
const MAX_SECONDS = 1.5;

/** From the start of the process to the first 200 of /health/ready, on a database of this version. */
export const startUp = { title: 'start-up', cases: CASES, run };

async function run(settings) {
  const rows = [];
  for (const { name, tenants } of CASES.filter(settings.wants))
    for (const service of SERVICES)
      rows.push({
        section: 'single',
        name,
        unit: 's',
        digits: 2,
        target: { atMost: MAX_SECONDS },
        values: { [service]: await readyAfter(service, tenants, settings) },
      });
  return rows;
}

async function readyAfter(service, tenants, settings) {
  const seconds = [];
  for (
    let round = 0;
    round < (settings.quick ? 1 : settings.rounds);
    round += 1
  ) {
    const servers = await startTargets(settings, tenants, {
      use: 'start-up',
      apart: true,
      only: [service],
      path: '/health/ready',
    });
    seconds.push(servers[service].readyMs / 1000);
    await stopAll(servers);
  }
  return median(seconds);
}
