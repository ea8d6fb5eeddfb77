/**
 * `node bench/slow-readers.mjs [--dist FOLDER]`: how much memory the built service takes for lists of 500 tenants whose prompts
 * are as long as they may be (59 MiB each), read by many at once and asked for by those who then do not read. Linux only.
 *
 * --dist FOLDER  another build, to compare with
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import sqlite3 from 'sqlite3';
import { SECRETS } from './lib/built.mjs';
import { startServer } from './lib/processes.mjs';

const TENANTS = 500;
const PROMPT = '😀'.repeat(31_000);
const PATHS = { list: '/api/tenants?limit=500', export: '/api/tenants/export' };
const STALL_MS = 8_000;
const CASES = [
  { name: '8 that read a list', readers: 8, path: PATHS.list },
  { name: '10 that do not', stalled: 10, path: PATHS.list },
  { name: '50 that do not', stalled: 50, path: PATHS.list },
  { name: '50 that do not, export', stalled: 50, path: PATHS.export },
];

const { values: options } = parseArgs({
  options: { dist: { type: 'string', default: 'dist' } },
});
const dist = resolve(options.dist);
const folder = mkdtempSync(join(tmpdir(), 'slow-readers-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const scopes = 'tenants:read,tenants:write';
const token = execFileSync(
  process.execPath,
  [join(dist, 'cli.js'), 'token', 'create', '--name', 'bench'].concat(
    '--scopes',
    scopes,
  ),
  {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...SECRETS },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  },
).trim();
await seed();
for (const one of CASES) await measure(one);

async function seed() {
  const database = new sqlite3.Database(join(folder, 'randevu_asistani.db'));
  const run = promisify(database.run.bind(database));
  for (let id = 1; id <= TENANTS; id += 1)
    await run(
      "INSERT INTO tenants (id, username, password_hash, business_name, openai_api_key, system_prompt) VALUES (?, ?, 'x', 'Güneş Diş', '', ?)",
      [id, `t-${id}`, PROMPT],
    );
  await promisify(database.close.bind(database))();
}

/** Each with a process of its own: the most memory that one has ever taken does not go down. */
async function measure({ name, readers = 0, stalled = 0, path }) {
  const server = await startServer({
    args: [join(dist, 'main.js')],
    cwd: folder,
    env: { NODE_ENV: 'production', LOG_LEVEL: 'warn', ...SECRETS },
    path: '/health',
  });
  await sleep(2_000);
  const idle = megabytes(server.pid, 'VmRSS');
  const begun = performance.now();
  const bytes = await Promise.all(
    Array.from({ length: readers }, () => read(server.url + path)),
  );
  const sockets = Array.from({ length: stalled }, () =>
    askAndStall(server.url, path),
  );
  if (stalled > 0) await sleep(STALL_MS);
  const health = performance.now();
  const alive = await fetch(`${server.url}/health`).then(
    ({ status }) => status,
    () => 'gone',
  );
  const peak = megabytes(server.pid, 'VmHWM');
  console.log(
    `${name.padEnd(24)} idle ${idle.toFixed(0)} MB, at most ${peak.toFixed(0)} MB (${(peak / idle).toFixed(1)} times)`,
    readers > 0
      ? `${((health - begun) / 1000).toFixed(1)} s, ${new Set(bytes).size === 1 ? (bytes[0] / 2 ** 20).toFixed(1) : bytes.join()} MiB each`
      : '',
    `; /health ${alive}`,
  );
  for (const socket of sockets) socket.destroy();
  await server.stop();
}

async function read(url) {
  const [answer] = await once(
    get(url, { headers: { authorization: `Bearer ${token}` }, agent: false }),
    'response',
  );
  let bytes = 0;
  for await (const chunk of answer) bytes += chunk.length;
  return bytes;
}

function askAndStall(url, path) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).pause();
  socket.on('error', () => undefined);
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  );
  return socket;
}

function megabytes(pid, field) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1];
  return Number(kilobytes) / 1024;
}
