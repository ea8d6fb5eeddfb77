import { setTimeout as sleep } from 'node:timers/promises';
import { probeDuring } from '../lib/probe.mjs';
import { signIn, signInForm } from '../lib/sign-in.mjs';
import { median } from '../lib/statistics.mjs';
import { SERVICES, startTargets, stopAll } from '../lib/targets.mjs';
import { TENANTS } from './requests.mjs';

const CASE = {
  name: '/health p99 during 50 sign-ins',
  atMost: 50,
  quick: true,
};
const SIGN_INS = 50;
const ROUNDS = 3;
const IDLE_MS = 2_000;

/** Passwords are hashed on worker threads; /health is what Kubernetes asks for meanwhile. */
export const signIns = { title: 'sign-ins', cases: [CASE], run };

async function run(settings) {
  const rows = [];
  const servers = await startTargets(settings, TENANTS, {
    use: 'sign-ins',
    apart: true,
    only: SERVICES,
    // The limit of tries is for each address; behind one proxy that is what the proxy says.
    env: { TRUST_PROXY: '1' },
  });
  for (const [name, { url }] of Object.entries(servers)) {
    const idle = await probeDuring(`${url}/health`, () =>
      sleep(settings.quick ? IDLE_MS / 4 : IDLE_MS),
    );
    const rounds = [];
    for (let round = 0; round < (settings.quick ? 1 : ROUNDS); round += 1)
      rounds.push(
        await probeDuring(`${url}/health`, () => signInAll(url, round)),
      );
    rows.push(toRow(name, idle, rounds));
  }
  await stopAll(servers);
  return rows;
}

/** Wrong passwords of so many accounts from as many addresses at once: each is hashed. */
async function signInAll(url, round) {
  const form = await signInForm(url);
  const answers = await Promise.all(
    Array.from({ length: SIGN_INS }, (_, index) =>
      signIn(
        url,
        form,
        { username: `nobody-${round}-${index}`, password: 'yanlış parola' },
        { 'x-forwarded-for': `10.1.${round}.${index + 1}` },
      ),
    ),
  );
  const others = answers.filter(({ status }) => status !== 401);
  if (others.length > 0)
    throw new Error(`${others.length} sign-ins answered ${others[0].status}`);
}

function toRow(name, idle, rounds) {
  return {
    section: 'single',
    name: CASE.name,
    unit: 'ms',
    target: { atMost: CASE.atMost },
    values: { [name]: median(rounds.map(({ p99 }) => p99)) },
    note: `p50 ${median(rounds.map(({ p50 }) => p50)).toFixed(1)}, max ${Math.max(...rounds.map(({ max }) => max)).toFixed(1)} ms; p99 ${idle.p99.toFixed(1)} ms when idle; each of the 50 is hashed`,
  };
}
