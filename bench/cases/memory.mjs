import { setTimeout as sleep } from 'node:timers/promises';
import { residentMegabytes } from '../lib/machine.mjs';
import { measure } from '../lib/measure.mjs';
import { signedInCookie } from '../lib/sign-in.mjs';
import { mean, slopeOf } from '../lib/statistics.mjs';
import { SERVICES, startTargets, stopAll } from '../lib/targets.mjs';
import { TENANTS } from './requests.mjs';

const IDLE = { name: 'memory, idle', atMost: 130, quick: true };
const LOADED = { name: 'memory after mixed load', atMost: 220 };
const SLOPE = { name: 'memory, slope under mixed load', atMost: 0.5 };
const IDLE_SECONDS = 10;
const CLIENTS = 16;
const SAMPLE_MS = 2_000;
const LAST_SAMPLES = 5;
/** A shorter run ends before the heap has grown to what it needs, and its slope says nothing. */
const LEAST_MINUTES = 4;

/** Resident memory of a service that has just started, and under reads, writes, pages and searches as fast as it can. */
export const memory = { title: 'memory', cases: [IDLE, LOADED, SLOPE], run };

async function run(settings) {
  const rows = [];
  for (const name of SERVICES) {
    const servers = await startTargets(settings, TENANTS, {
      use: 'memory',
      apart: true,
      only: [name],
    });
    const server = servers[name];
    await sleep((settings.quick ? 2 : IDLE_SECONDS) * 1000);
    const idle = residentMegabytes(server.pid);
    if (settings.wants(IDLE)) rows.push(toRow(name, IDLE, idle));
    if (settings.wants(LOADED) || settings.wants(SLOPE))
      rows.push(...toRows(name, await soak(server, settings), settings));
    await stopAll(servers);
  }
  return rows;
}

async function soak(server, { soakMinutes }) {
  const cookie = await signedInCookie(server.url);
  const samples = [];
  const begun = performance.now();
  const sample = () => {
    const megabytes = residentMegabytes(server.pid);
    const minutes = (performance.now() - begun) / 60_000;
    if (megabytes !== undefined) samples.push([minutes, megabytes]);
  };
  const sampling = setInterval(sample, SAMPLE_MS);
  const load = await measure(server, {
    connections: CLIENTS,
    duration: soakMinutes * 60,
    traffic: { kind: 'mixed', tenants: TENANTS, cookie },
    // Minutes of load are not lost for one refusal; the row tells of it.
    mayFail: true,
  });
  clearInterval(sampling);
  return { load, samples };
}

function toRows(name, { load, samples }, { soakMinutes }) {
  const [last] = samples.slice(-1);
  if (last === undefined) return [];
  const second = samples.filter(([minutes]) => minutes > last[0] / 2);
  const megabytes = samples.map(([, value]) => value);
  const long = soakMinutes >= LEAST_MINUTES;
  const loaded = toRow(name, LOADED, mean(megabytes.slice(-LAST_SAMPLES)), {
    loads: { [name]: load },
    note: `${soakMinutes} min, ${load.perSecond.toFixed(0)} requests/s from ${CLIENTS} clients, at most ${Math.max(...megabytes, load.megabytes).toFixed(0)} MB${refusals(load)}`,
  });
  const slope = toRow(name, SLOPE, slopeOf(second), {
    unit: 'MB/min',
    digits: 2,
    target: long ? { atMost: SLOPE.atMost } : undefined,
    note: long
      ? `least squares over the second half, ${second.length} samples; flat is up to ${SLOPE.atMost}`
      : `not judged: ${soakMinutes} min are too short`,
  });
  return [loaded, slope];
}

function refusals({ failed, statuses }) {
  return failed === 0
    ? ''
    : `; answers by status: ${JSON.stringify(statuses)}, ${failed} not 2xx`;
}

function toRow(service, { name, atMost }, value, others) {
  return {
    section: 'single',
    name,
    unit: 'MB',
    digits: 0,
    target: { atMost },
    values: { [service]: value },
    ...others,
  };
}
