import { openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cli, databaseFile, MAIN, SECRETS } from './database.mjs';
import { startServer } from './process.mjs';

const FLOOR = fileURLToPath(new URL('../floor.mjs', import.meta.url));
const LOOP_DELAY = new URL('./loop-delay.mjs', import.meta.url).href;

/**
 * What is measured side by side, on the same file. Each takes a database's folder and gives a running server with the
 * headers that its callers send. A service on another database is one more entry here.
 */
export const TARGETS = { service, floor };

/** Everything is switched on: authentication, validation, and a request log to a file. */
export async function service(folder) {
  const token = cli(folder, [
    ...['token', 'create', '--name', 'bench', '--scopes'],
    'tenants:read,tenants:write',
  ]);
  const delays = join(folder, 'loop-delay.json');
  const server = await startServer({
    args: ['--import', LOOP_DELAY, MAIN],
    cwd: folder,
    env: { NODE_ENV: 'production', LOOP_DELAY_FILE: delays, ...SECRETS },
    log: openSync(join(folder, 'request.log'), 'a'),
    path: '/health',
  });
  return { ...server, delays, headers: { authorization: `Bearer ${token}` } };
}

export async function floor(folder) {
  const server = await startServer({
    args: [FLOOR, databaseFile(folder)],
    cwd: folder,
    env: { NODE_ENV: 'production' },
    path: '/health',
  });
  return { ...server, headers: {} };
}
