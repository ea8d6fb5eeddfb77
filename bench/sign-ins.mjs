/**
 * How fast /health answers while passwords are hashed: `npm run build && node bench/sign-ins.mjs`.
 * Starts the built service on a database of its own. Sign-ins from one address meet 429 after 20 a minute,
 * so parallel creates of tenants, which hash a password each, load the workers as well.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const SIGN_INS = 50;
const CREATES = 100;
const IDLE_MS = 3_000;
const PROBE_PAUSE_MS = 2;

const dist = (script) =>
  fileURLToPath(new URL(`../dist/${script}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sign-ins-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const env = {
  PATH: process.env.PATH,
  NODE_ENV: 'production',
  LOG_LEVEL: 'error',
  PORT: String(port),
  ENCRYPTION_KEY: `${Buffer.alloc(32, 'benchmark').toString('base64url')}=`,
  SECRET_KEY: 'only-for-benchmarks-only-for-benchmarks',
};
const service = spawn(process.execPath, [dist('main.js')], {
  cwd: folder,
  env,
  stdio: ['ignore', 'ignore', 'inherit'],
});

try {
  await untilHealthy();
  const token = execFileSync(
    process.execPath,
    [dist('cli.js'), 'token', 'create', '--name', 'bench'].concat([
      '--scopes',
      'tenants:write',
    ]),
    { cwd: folder, env, encoding: 'utf8' },
  ).trim();
  const idle = await probeDuring(sleep(IDLE_MS));
  const begun = performance.now();
  const load = Promise.all([signIns(), creates(token)]);
  const loaded = await probeDuring(load);
  const seconds = (performance.now() - begun) / 1000;
  const [signedIn, created] = await load;

  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, ${seconds.toFixed(1)} s under load`,
  );
  console.log(
    `/health, idle    ${format(idle)}\n/health, loaded  ${format(loaded)}`,
  );
  console.log(
    `p99 loaded / idle: ${(quantile(loaded, 0.99) / quantile(idle, 0.99)).toFixed(1)}`,
  );
  console.log(`${SIGN_INS} sign-ins: ${count(signedIn)}`);
  console.log(`${CREATES} creates:  ${count(created)}`);
} finally {
  service.kill('SIGKILL');
  await once(service, 'close');
  rmSync(folder, { recursive: true, force: true });
}

/** Wrong passwords of so many accounts at once, each with the form's own token. */
async function signIns() {
  const page = await fetch(`${url}/login`);
  const cookie = page.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  const csrf = /name="_csrf"[^>]*value="([^"]+)"/.exec(await page.text())?.[1];
  return Promise.all(
    Array.from({ length: SIGN_INS }, (_, index) =>
      answerOf('/login', {
        headers: { Cookie: cookie },
        body: new URLSearchParams({
          _csrf: csrf ?? '',
          username: `nobody-${index}`,
          password: 'a wrong password',
        }),
      }),
    ),
  );
}

function creates(token) {
  return Promise.all(
    Array.from({ length: CREATES }, (_, index) =>
      answerOf('/api/tenants/', {
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({
          username: `bench-${index}`,
          password: 'a good password',
          business_name: 'Bench',
          openai_api_key: 'sk-bench-00000000000000000000',
        }),
      }),
    ),
  );
}

async function answerOf(path, request) {
  const answer = await fetch(url + path, {
    method: 'POST',
    redirect: 'manual',
    ...request,
  });
  await answer.arrayBuffer();
  return answer.headers.has('Retry-After')
    ? `${answer.status} with Retry-After`
    : String(answer.status);
}

/** Milliseconds of each probe of /health, one after the other, until the work is done. */
async function probeDuring(work) {
  const state = { working: true };
  const done = work.finally(() => (state.working = false));
  const times = [];
  while (state.working) {
    const begun = performance.now();
    await (await fetch(`${url}/health`)).arrayBuffer();
    times.push(performance.now() - begun);
    await sleep(PROBE_PAUSE_MS);
  }
  await done;
  return times.toSorted((a, b) => a - b);
}

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function format(sorted) {
  const ms = (share) => `${quantile(sorted, share).toFixed(1)} ms`;
  return `p50 ${ms(0.5)}  p99 ${ms(0.99)}  max ${ms(1)}  (${sorted.length} probes)`;
}

function count(answers) {
  const counts = new Map();
  for (const answer of answers)
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return [...counts]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([answer, times]) => `${times} × ${answer}`)
    .join(', ');
}

async function untilHealthy() {
  while (service.exitCode === null) {
    if ((await fetch(`${url}/health`).catch(() => undefined))?.ok) return;
    await sleep(100);
  }
  throw new Error('the service did not start: run `npm run build` first');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address();
  server.close();
  await once(server, 'close');
  return free;
}
