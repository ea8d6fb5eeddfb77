import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MAIN, SECRETS } from './built.mjs';
import { startServer } from './processes.mjs';
import { sqlite } from './sqlite.mjs';

const FLOOR_SCRIPT = fileURLToPath(new URL('../floor.mjs', import.meta.url));
const LOOP_DELAY = new URL('./loop-delay.mjs', import.meta.url).href;

/** The one that all others are compared with. */
export const FLOOR = 'floor';

/**
 * What is measured side by side. `start` takes a database of `store` and gives a running server with the headers that its
 * callers send. A service on another kind of database is one more entry here, and one more column in the results.
 */
export const TARGETS = {
  service: { store: sqlite, start: startService },
  [FLOOR]: { store: sqlite, start: startFloor },
};

export const SERVICES = Object.keys(TARGETS).filter((name) => name !== FLOOR);

/**
 * Starts targets on a database of so many tenants.
 * @param use those who read share one copy of this name.
 * @param apart each gets a copy of its own. For writes: what the floor changes leaves notes in `tenant_search_queue`, by
 *   triggers, which the service would work off in its next transaction.
 */
export async function startTargets(
  { root },
  count,
  { use, apart = false, only = Object.keys(TARGETS), ...options },
) {
  const servers = {};
  for (const name of only) {
    const { store, start } = TARGETS[name];
    const copy = apart ? `${use}-${name}` : use;
    const database = store.copyOf(await store.databaseOf(count, root), copy);
    servers[name] = await start(store, database, options);
  }
  return servers;
}

export async function stopAll(servers) {
  await Promise.all(Object.values(servers).map((server) => server.stop()));
}

/**
 * Everything is switched on: authentication, validation, and a request log to a file.
 * @param options `nodeArgs` and `env` for the process; `withDelays` for its event loop's, which costs it some CPU;
 *   `path` that has to answer before it counts as started.
 */
async function startService(
  store,
  folder,
  { nodeArgs = [], env = {}, withDelays = false, path = '/health' },
) {
  const delays = join(folder, 'loop-delay.json');
  const log = openSync(join(folder, 'request.log'), 'a');
  const server = await startServer({
    args: [...nodeArgs, ...(withDelays ? ['--import', LOOP_DELAY] : []), MAIN],
    cwd: folder,
    env: {
      NODE_ENV: 'production',
      ...SECRETS,
      ...(withDelays && { LOOP_DELAY_FILE: delays }),
      ...env,
    },
    log,
    path,
  });
  closeSync(log);
  const headers = { authorization: `Bearer ${store.tokenOf(folder)}` };
  return { ...server, folder, delays, headers };
}

async function startFloor(store, folder) {
  const server = await startServer({
    args: [FLOOR_SCRIPT, store.fileOf(folder)],
    cwd: folder,
    env: { NODE_ENV: 'production' },
    path: '/health',
  });
  return { ...server, headers: {} };
}
