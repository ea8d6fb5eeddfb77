import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';
import { KeyRing } from '../../dist/security/key-ring.js';
import { SecretBox } from '../../dist/security/secret-box.js';
import { openAiKeyPlace } from '../../dist/tenants/tenant.entity.js';

export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
export const MAIN = fileURLToPath(
  new URL('../../dist/main.js', import.meta.url),
);

/** Keys for benchmarks alone. */
export const SECRETS = {
  ENCRYPTION_KEY: `${Buffer.alloc(32, 'benchmark').toString('base64url')}=`,
  SECRET_KEY: 'only-for-benchmarks-only-for-benchmarks',
};
const NOBODYS_HASH = `$2b$12$${'x'.repeat(53)}`;
const FILE = 'randevu_asistani.db';
/** About 700 bytes for each tenant, as a list of 100 of 70 KB. */
const PROMPT = 'Sen bir sanal resepsiyonistsin. '.repeat(12);
const KINDS = [
  'Diş Kliniği',
  'Kuaför',
  'Veteriner',
  'Hukuk Bürosu',
  'Restoran',
];
const PLACES = ['Şişli', 'Çankaya', 'Üsküdar', 'İzmit', 'Ürgüp', 'Göztepe'];

/** Runs an operator command in a folder. */
export function cli(folder, args, input = '') {
  return execFileSync(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...SECRETS },
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  }).trim();
}

/** A folder with a migrated database of so many tenants, a token and an admin. Made once, then copied. */
export async function databaseOf(count, root) {
  const folder = join(root, `tenants-${count}`);
  if (existsSync(folder)) return folder;
  mkdirSync(folder);
  cli(folder, ['db', 'migrate']);
  await fill(join(folder, FILE), count);
  cli(folder, ['admin', 'create', '--username', 'bench'], ADMIN_PASSWORD);
  return folder;
}

export const ADMIN_PASSWORD = 'kapı-önünde-ıhlamur-bench';

export function databaseFile(folder) {
  return join(folder, FILE);
}

/** A copy to write to, so that what one case changes does not slow the next. */
export function copyOf(folder, name) {
  const copy = `${folder}-${name}`;
  mkdirSync(copy, { recursive: true });
  copyFileSync(databaseFile(folder), databaseFile(copy));
  return copy;
}

async function fill(file, count) {
  const secrets = new SecretBox(
    new KeyRing([Buffer.from(SECRETS.ENCRYPTION_KEY, 'base64url')]),
  );
  const database = new sqlite3.Database(file);
  const run = promisify(database.run.bind(database));
  await run('BEGIN');
  const insert = database.prepare(
    `INSERT INTO tenants (id, username, password_hash, business_name, openai_api_key, system_prompt, created_at,
       openai_api_key_kid, openai_api_key_mac, openai_api_key_hint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const add = promisify(insert.run.bind(insert));
  for (let id = 1; id <= count; id += 1) {
    const sealed = secrets.seal(
      `sk-bench-${String(id).padStart(12, '0')}`,
      openAiKeyPlace(id),
    );
    await add(
      id,
      `bench-${id}`,
      NOBODYS_HASH,
      `${PLACES[id % PLACES.length]} ${KINDS[id % KINDS.length]} ${id}`,
      sealed.token,
      PROMPT,
      '2026-01-02 03:04:05.000000',
      sealed.kid,
      sealed.mac,
      sealed.hint,
    );
  }
  await run('COMMIT');
  await promisify(insert.finalize.bind(insert))();
  await promisify(database.close.bind(database))();
}
