import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';
import { ADMIN, cli, MAIN, SECRETS } from './built.mjs';
import { startServer } from './processes.mjs';
import { tenantRows } from './tenant-rows.mjs';

const FILE = 'randevu_asistani.db';
const TOKEN = 'token';
const MAX_INDEXING_MS = 180_000;

/** A database is a folder with its file and an API token. Another kind of database is another of these. */
export const sqlite = {
  /** A database of so many tenants, indexed, with an admin and a token. Made once in a run; to be copied, not used. */
  async databaseOf(count, root) {
    const folder = join(root, `tenants-${count}`);
    if (existsSync(folder)) return folder;
    if (count === 0) {
      makeEmpty(folder);
      return folder;
    }
    const empty = await this.databaseOf(0, root);
    copy(empty, folder);
    await fill(folder, count);
    await index(folder);
    return folder;
  },

  /** The copy of this name; whoever asks for the same name shares the file. */
  copyOf(folder, name) {
    const target = `${folder}-${name}`;
    if (!existsSync(target)) copy(folder, target);
    return target;
  },

  fileOf: (folder) => join(folder, FILE),
  tokenOf: (folder) => readFileSync(join(folder, TOKEN), 'utf8'),
};

/** Every command migrates first. */
function makeEmpty(folder) {
  mkdirSync(folder);
  cli(folder, ['admin', 'create', '--username', ADMIN.username], {
    input: ADMIN.password,
  });
  const scopes = 'tenants:read,tenants:write';
  const token = cli(
    folder,
    ['token', 'create', '--name', 'bench'].concat('--scopes', scopes),
  );
  writeFileSync(join(folder, TOKEN), token, { mode: 0o600 });
}

function copy(from, to) {
  // What stands in a log beside the file would be missing in the copy.
  if (existsSync(join(from, `${FILE}-wal`)))
    throw new Error(`${from} is still open`);
  mkdirSync(to);
  for (const file of [FILE, TOKEN])
    copyFileSync(join(from, file), join(to, file));
}

async function fill(folder, count) {
  const database = new sqlite3.Database(join(folder, FILE));
  const run = promisify(database.run.bind(database));
  await run('BEGIN');
  let add;
  for (const row of tenantRows(count)) {
    const columns = Object.keys(row);
    add ??= database.prepare(
      `INSERT INTO tenants (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    await promisify(add.run.bind(add))(Object.values(row));
  }
  await run('COMMIT');
  await promisify(add.finalize.bind(add))();
  await promisify(database.close.bind(database))();
}

/** The service works off what triggers have noted for its search index; nothing is measured before that is done. */
async function index(folder) {
  const service = await startServer({
    args: [MAIN],
    cwd: folder,
    env: { NODE_ENV: 'production', ...SECRETS },
    path: '/health',
  });
  const database = new sqlite3.Database(
    join(folder, FILE),
    sqlite3.OPEN_READONLY,
  );
  const all = promisify(database.all.bind(database));
  const begun = performance.now();
  for (;;) {
    const [{ notes }] = await all(
      'SELECT count(*) AS notes FROM tenant_search_queue',
    );
    if (notes === 0) break;
    if (performance.now() - begun > MAX_INDEXING_MS)
      throw new Error(`${notes} tenants are not indexed yet`);
    await sleep(100);
  }
  await promisify(database.close.bind(database))();
  await service.stop();
}
