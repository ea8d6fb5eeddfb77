import { promisify } from 'node:util';
import { hashSync } from 'bcryptjs';
import sqlite3 from 'sqlite3';
import { cpuSeconds } from '../lib/machine.mjs';
import { signIn, signInForm } from '../lib/sign-in.mjs';
import { mean, median } from '../lib/statistics.mjs';
import { SERVICES, startTargets, stopAll, TARGETS } from '../lib/targets.mjs';

const CASE = { name: 'failed sign-ins, gap of medians', atMost: 5 };
const COPY = 'sign-in-times';
/** Of each kind, so that no account runs out of tries. */
const ACCOUNTS = 2;
const ROUNDS = 24;
const QUICK_ROUNDS = 10;
const WARM_UP_ROUNDS = 2;

/** Costs of the hashes that a name of this kind has; a name without any is nobody's. */
const KINDS = {
  unknown: {},
  'tenant 10': { tenant: 10 },
  'tenant 11': { tenant: 11 },
  'tenant 12': { tenant: 12 },
  'admin 10': { admin: 10 },
  'admin 11': { admin: 11 },
  'admin 12': { admin: 12 },
  'both 12': { admin: 12, tenant: 12 },
  'both 12 and 10': { admin: 12, tenant: 10 },
};
/** Hashes that an old database may bring. They take longer until their first sign-in: shown, and not judged. */
const DEAR = { 'tenant 13': { tenant: 13 } };
const ALL = { ...KINDS, ...DEAR };

/** Whether the time of a failed sign-in tells which names exist. */
export const signInTimes = { title: 'sign-in times', cases: [CASE], run };

async function run(settings) {
  for (const name of SERVICES) {
    const { store } = TARGETS[name];
    const folder = await store.databaseOf(0, settings.root);
    await addAccounts(store.fileOf(store.copyOf(folder, `${COPY}-${name}`)));
  }
  const servers = await startTargets(settings, 0, {
    use: COPY,
    apart: true,
    only: SERVICES,
    env: { TRUST_PROXY: '1' },
  });
  const rows = [];
  for (const [name, server] of Object.entries(servers))
    rows.push(toRow(name, await timesOf(server, settings)));
  await stopAll(servers);
  return rows;
}

async function addAccounts(file) {
  const database = new sqlite3.Database(file);
  const write = promisify(database.run.bind(database));
  for (const [kind, { admin, tenant }] of Object.entries(ALL))
    for (let account = 0; account < ACCOUNTS; account += 1) {
      const username = nameOf(kind, account);
      if (admin !== undefined)
        await write(
          "INSERT INTO admins (username, password_hash, created_at) VALUES (?, ?, '2026-01-02 03:04:05')",
          [username, hashSync('kimsenin parolası', admin)],
        );
      if (tenant !== undefined)
        await write(
          "INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt) VALUES (?, ?, 'Bench', '', 'Sen bir sanal resepsiyonistsin.')",
          [username, hashSync('kimsenin parolası', tenant)],
        );
    }
  await promisify(database.close.bind(database))();
}

function nameOf(kind, account) {
  return `${kind.replaceAll(' ', '-')}-${account}`;
}

/** One after the other, the kinds in turn and each round beginning with another: what slows the machine down slows them all. */
async function timesOf({ url, pid }, { quick }) {
  const rounds = quick ? QUICK_ROUNDS : ROUNDS;
  const form = await signInForm(url);
  const kinds = Object.keys(ALL);
  const wall = Object.fromEntries(kinds.map((kind) => [kind, []]));
  const cpu = Object.fromEntries(kinds.map((kind) => [kind, []]));
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1)
    for (let turn = 0; turn < kinds.length; turn += 1) {
      const kind = kinds[(turn + round + kinds.length) % kinds.length];
      const usedBefore = cpuSeconds(pid);
      const begun = performance.now();
      const { status } = await signIn(
        url,
        form,
        {
          username: nameOf(kind, Math.abs(round) % ACCOUNTS),
          password: 'yanlış parola',
        },
        { 'x-forwarded-for': `10.2.${round + WARM_UP_ROUNDS}.${turn + 1}` },
      );
      const took = performance.now() - begun;
      if (status !== 401) throw new Error(`${kind}: ${status}`);
      if (round < 0) continue;
      wall[kind].push(took);
      cpu[kind].push((cpuSeconds(pid) - usedBefore) * 1000);
    }
  return Object.fromEntries(
    kinds.map((kind) => [
      kind,
      // Ticks of the kernel are too coarse for a median.
      { wall: median(wall[kind]), cpu: mean(cpu[kind]) },
    ]),
  );
}

/** By how much the longest takes longer than the shortest, in percent. */
function gapOf(times) {
  return (Math.max(...times) / Math.min(...times) - 1) * 100;
}

function toRow(name, times) {
  const judged = Object.keys(KINDS).map((kind) => times[kind]);
  const each = Object.entries(times).map(
    ([kind, { wall, cpu }]) => `${kind} ${wall.toFixed(0)} (${cpu.toFixed(0)})`,
  );
  return {
    section: 'single',
    name: CASE.name,
    unit: '%',
    digits: 1,
    target: { atMost: CASE.atMost },
    values: { [name]: gapOf(judged.map(({ wall }) => wall)) },
    note: `median ms (mean CPU ms) by whose name it is and what its hash costs: ${each.join(', ')}; the last is not judged; gap of the CPU times ${gapOf(judged.map(({ cpu }) => cpu)).toFixed(1)} %`,
  };
}
