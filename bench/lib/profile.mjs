import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REQUESTS, requestOf, TENANTS } from '../cases/requests.mjs';
import { measure } from './measure.mjs';
import { milliseconds, number } from './rows.mjs';
import { signedInCookie } from './sign-in.mjs';
import { SERVICES, startTargets, stopAll } from './targets.mjs';

const SECONDS = 5;
const WARM_UP_SECONDS = 2;
const INTERVAL_MICROSECONDS = 200;
const SHOWN_FUNCTIONS = 30;
const SHOWN_PACKAGES = 14;
const IDLE = '(idle)';

/** Prints where the first service's main thread spends its time while it answers the first request that is wanted. */
export async function profileOf(settings) {
  const request = REQUESTS.find(settings.wants);
  if (request === undefined)
    throw new Error(
      `--profile takes --only and one of: ${REQUESTS.map(({ name }) => name).join(' | ')}`,
    );
  const folder = join(settings.root, 'profile');
  mkdirSync(folder);
  const [service] = SERVICES;
  const servers = await startTargets(settings, TENANTS, {
    use: 'profile',
    only: [service],
    nodeArgs: [
      '--cpu-prof',
      `--cpu-prof-dir=${folder}`,
      `--cpu-prof-interval=${INTERVAL_MICROSECONDS}`,
    ],
  });
  const server = servers[service];
  const order = requestOf(
    request,
    request.signedIn ? { cookie: await signedInCookie(server.url) } : undefined,
  );
  await measure(server, { ...order, duration: WARM_UP_SECONDS });
  const from = microseconds();
  const load = await measure(server, { ...order, duration: SECONDS });
  const window = { from, until: microseconds() };
  await stopAll(servers);
  console.log(
    `${request.name}: ${number(load.perSecond, 0)}/s under the profiler, p50 ${milliseconds(load.p50)} ms, CPU ${number(load.cpuMicroseconds, 0)} µs each`,
  );
  print(mainThread(folder), window);
}

/** V8's clock, too. */
function microseconds() {
  return Number(process.hrtime.bigint() / 1000n);
}

/** Each thread writes a profile; the name of the file ends with the number of the thread and of the file. */
function mainThread(folder) {
  const file = readdirSync(folder).find((name) =>
    /\.0\.\d+\.cpuprofile$/.test(name),
  );
  if (file === undefined) throw new Error('the service wrote no profile');
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

function print({ nodes, samples, timeDeltas, startTime }, { from, until }) {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const functions = new Map();
  const packages = new Map();
  let busy = 0;
  let at = startTime;
  for (const [index, id] of samples.entries()) {
    const spent = timeDeltas[index];
    at += spent;
    const frame = byId.get(id);
    if (at < from || at > until || frame.functionName === IDLE) continue;
    busy += spent;
    add(functions, nameOf(frame), spent);
    add(packages, packageOf(frame), spent);
  }
  console.log(
    `busy for ${(busy / 1e6).toFixed(1)} of ${((until - from) / 1e6).toFixed(1)} s; shares of the busy time:`,
  );
  const share = (spent) => `${((spent / busy) * 100).toFixed(1)} %`.padStart(8);
  for (const [name, spent] of largest(functions, SHOWN_FUNCTIONS))
    console.log(`${share(spent)}  ${name}`);
  console.log('by package:');
  for (const [name, spent] of largest(packages, SHOWN_PACKAGES))
    console.log(`${share(spent)}  ${name}`);
}

function add(sums, key, value) {
  sums.set(key, (sums.get(key) ?? 0) + value);
}

function largest(sums, count) {
  return [...sums].toSorted(([, a], [, b]) => b - a).slice(0, count);
}

function nameOf({ functionName, url, lineNumber }) {
  const file = url.replace(/^.*\/(?=node_modules\/|dist\/)/, '');
  return `${functionName || '(anonymous)'} ${file && `${file}:${lineNumber + 1}`}`;
}

function packageOf({ functionName, url }) {
  const [, inNodeModules] =
    /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(url) ?? [];
  if (inNodeModules !== undefined) return inNodeModules;
  if (url.includes('/dist/bundle/')) return 'dist/bundle (ours and Nest)';
  if (url.includes('/dist/')) return 'dist';
  if (url.startsWith('node:')) return 'node';
  return functionName.startsWith('(') ? functionName : 'V8 and native code';
}
