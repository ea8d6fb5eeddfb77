/**
 * `npm run bench`: the built service beside a floor of bare Express, on the same database file and in the same run.
 * Writes bench/results.md and bench/results.svg when it has measured everything.
 *
 * --quick           under a minute, some of the cases, few and short rounds: to see that it works; writes nothing
 * --only TEXT       only the cases whose name has it; writes nothing
 * --soak-minutes N  how long the mixed load lasts (default 10)
 * --profile         with --only: where the service's time goes in the first such request
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CASE_GROUPS } from './cases/index.mjs';
import { endLoads } from './lib/load.mjs';
import { machineFacts } from './lib/machine.mjs';
import { profileOf } from './lib/profile.mjs';
import { merged } from './lib/rows.mjs';
import { printFacts, printRows } from './lib/terminal.mjs';
import { writeResults } from './lib/results.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    'soak-minutes': { type: 'string' },
    profile: { type: 'boolean', default: false },
  },
});
const root = mkdtempSync(join(tmpdir(), 'bench-'));
// However it ends. What it has started is killed before (processes.mjs), because that listens first.
process.on('exit', () =>
  rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => process.exit(1));

const { quick, only } = options;
const settings = {
  root,
  quick,
  rounds: quick ? 2 : 5,
  seconds: quick ? 0.5 : 4,
  // For as long V8 still compiles what a request runs; a service runs for months.
  warmUpSeconds: quick ? 0.6 : 6,
  soakMinutes: Number(options['soak-minutes'] ?? (quick ? 0.25 : 10)),
  wants: ({ name, quick: isQuick = false }) =>
    only === undefined ? !quick || isQuick : name.includes(only),
};
if (!(settings.soakMinutes > 0)) throw new Error('--soak-minutes: a number');

await (options.profile ? profileOf(settings) : measureAll());
endLoads();

async function measureAll() {
  const facts = machineFacts(root);
  printFacts(facts);
  if (quick)
    console.log('A quick look: too few and too short rounds for results.');
  const begun = performance.now();
  const rows = [];
  for (const { title, cases, run } of CASE_GROUPS) {
    if (!cases.some(settings.wants)) continue;
    const started = performance.now();
    const measured = merged(await run(settings));
    const seconds = (performance.now() - started) / 1000;
    printRows(`${title}, ${seconds.toFixed(0)} s`, measured);
    rows.push(...measured);
  }
  const minutes = (performance.now() - begun) / 60_000;
  console.log(`\n${minutes.toFixed(1)} min in all`);
  if (quick || only !== undefined)
    console.log(
      'This was a part of the cases or a quick look: these are no results, and nothing was written.',
    );
  else writeResults(rows, { ...facts, minutes, ...settings });
}
