/**
 * `npm run bench`: the built service beside a floor of bare Express, on the same database file and in the same run.
 * `--quick` takes under a minute; `--only TEXT` runs the cases whose name has it. Writes bench/results.md and results.svg.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CASE_GROUPS } from './cases/index.mjs';
import { machineFacts } from './lib/machine.mjs';
import { printRows, writeResults } from './lib/report.mjs';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string' } },
});
const root = mkdtempSync(join(tmpdir(), 'bench-'));
const settings = {
  root,
  quick: options.quick === true,
  only: options.only,
  rounds: options.quick ? 3 : 5,
  seconds: options.quick ? 1 : 4,
};

const begun = performance.now();
try {
  const rows = [];
  for (const group of CASE_GROUPS) {
    const measured = await group(settings);
    printRows(measured);
    rows.push(...measured);
  }
  const minutes = (performance.now() - begun) / 60_000;
  if (options.only === undefined && !options.quick)
    writeResults(rows, { ...machineFacts(), minutes });
  console.log(`\n${minutes.toFixed(1)} min`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
