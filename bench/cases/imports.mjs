import { setTimeout as sleep } from 'node:timers/promises';
import { loopDelays } from '../lib/measure.mjs';
import { residentMegabytes } from '../lib/machine.mjs';
import { probeDuring } from '../lib/probe.mjs';
import { median } from '../lib/statistics.mjs';
import { SERVICES, startTargets, stopAll } from '../lib/targets.mjs';
import { businessName, NOBODYS_HASH, PROMPT } from '../lib/tenant-rows.mjs';

const ROWS = 10_000;
const MAX_IMPORT_MS = 300_000;
const LOOK_EVERY_MS = 250;
const EXPORTS = 5;
const CASES = [
  { name: 'import of 10,000, event-loop delay p99' },
  { name: 'import of 10,000, /health p99' },
  { name: 'import of 10,000' },
  { name: 'export of 10,000' },
];
const [DELAY, HEALTH, IMPORT, EXPORT] = CASES.map(({ name }) => name);
const MAX_DELAY_MS = 50;

/** A file of tenants with hashes of their passwords comes into an empty database, and out of it again. */
export const imports = { title: 'import and export', cases: CASES, run };

async function run(settings) {
  const rows = [];
  const servers = await startTargets(settings, 0, {
    use: 'imports',
    apart: true,
    only: SERVICES,
    withDelays: true,
  });
  for (const [name, server] of Object.entries(servers)) {
    // What starting took is not the import's.
    await loopDelays(server);
    const { result: job, ...health } = await probeDuring(
      `${server.url}/health`,
      () => importFile(server),
    );
    const delays = await loopDelays(server);
    const peak = residentMegabytes(server.pid);
    const exported = await exportAll(server);
    rows.push(...toRows(name, { job, health, delays, peak, exported }));
  }
  await stopAll(servers);
  // Nothing here is measured without the rest.
  return rows;
}

async function importFile({ url, headers }) {
  const begun = performance.now();
  const answer = await fetch(`${url}/api/tenants/imports`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/x-ndjson' },
    body: importedFile(),
  });
  await answer.arrayBuffer();
  if (answer.status !== 202) throw new Error(`import: ${answer.status}`);
  const job = `${url}${answer.headers.get('location')}?limit=1`;
  while (performance.now() - begun < MAX_IMPORT_MS) {
    await sleep(LOOK_EVERY_MS);
    const { state, added } = await (await fetch(job, { headers })).json();
    if (state !== 'finished') continue;
    if (added !== ROWS) throw new Error(`the import added ${added}`);
    return { seconds: (performance.now() - begun) / 1000 };
  }
  throw new Error('the import does not end');
}

function importedFile() {
  const lines = Array.from({ length: ROWS }, (_, index) =>
    JSON.stringify({
      username: `import-${index + 1}`,
      password_hash: NOBODYS_HASH,
      business_name: businessName(index + 1, ROWS),
      openai_api_key: `sk-bench-${String(index).padStart(16, '0')}`,
      system_prompt: PROMPT,
    }),
  );
  return `${lines.join('\n')}\n`;
}

async function exportAll({ url, headers }) {
  const seconds = [];
  let bytes = 0;
  for (let round = 0; round < EXPORTS; round += 1) {
    const begun = performance.now();
    const answer = await fetch(`${url}/api/tenants/export?format=ndjson`, {
      headers,
    });
    const text = await answer.text();
    seconds.push((performance.now() - begun) / 1000);
    bytes = Buffer.byteLength(text);
    const lines = text.trimEnd().split('\n').length;
    if (lines !== ROWS) throw new Error(`the export has ${lines} lines`);
  }
  return { seconds: median(seconds), bytes };
}

function toRows(service, { job, health, delays, peak, exported }) {
  const row = (name, unit, value, others) => ({
    section: 'single',
    name,
    unit,
    values: { [service]: value },
    ...others,
  });
  const megabytes = exported.bytes / 1e6;
  return [
    row(DELAY, 'ms', delays.p99, {
      target: { atMost: MAX_DELAY_MS },
      note: `p50 ${delays.p50.toFixed(1)}, max ${delays.max.toFixed(1)} ms`,
    }),
    row(HEALTH, 'ms', health.p99, {
      note: `p50 ${health.p50.toFixed(1)}, max ${health.max.toFixed(1)} ms`,
    }),
    row(IMPORT, 's', job.seconds, {
      note: `${(ROWS / job.seconds).toFixed(0)} rows/s with hashes of passwords; RSS afterwards ${peak?.toFixed(0) ?? '–'} MB`,
    }),
    row(EXPORT, 's', exported.seconds, {
      note: `${(ROWS / exported.seconds).toFixed(0)} rows/s, ${(megabytes / exported.seconds).toFixed(1)} MB/s as NDJSON`,
    }),
  ];
}
