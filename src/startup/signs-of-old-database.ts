import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { ConfigError } from '../config/config.error.js';
import { tablesOfFileWith } from '../schema/tables-in-file.js';

/** What SQLite leaves beside a database, and what is no use without it. */
const LOGS = ['-wal', '-journal'];
const BEFORE_ADOPTION = '.backup-';
const MAX_LOOKED_INTO = 1_000;

const PUT_BACK =
  'Doğru dosyayı gösterin ya da yerine geri koyun. Gerçekten yeni bir veritabanı istiyorsanız önce onun yerinde boş bir dosya oluşturun (touch).';
const PUT_BACK_OR_MOVE =
  'Bu dosyanın ait olduğu veritabanını yerine geri koyun. Gerçekten yeni bir veritabanı istiyorsanız önce bu dosyayı başka bir yere taşıyın.';

/**
 * Where no database is, but signs of another are, its users would find an empty service. Nothing is changed, and an empty
 * file in the database's place says that a new one is wanted.
 * @param path of the database file.
 * @throws ConfigError
 */
export async function assertNoOldDatabase(path: string): Promise<void> {
  const size = sizeOf(path);
  if (size > 0) return;
  const folder = dirname(path);
  const name = basename(path);
  // SQLite deletes the log of an empty database. A journal is another matter: a first start that was killed leaves one.
  if (size === 0) {
    if (sizeOf(`${path}-wal`) > 0) throw refusal(`${name}-wal`);
    return;
  }
  const beside = neighboursIn(folder);
  const left = beside.find(
    (neighbour) =>
      LOGS.some((ending) => neighbour === name + ending) ||
      neighbour.startsWith(name + BEFORE_ADOPTION),
  );
  if (left !== undefined) throw refusal(left);
  for (const neighbour of likeliest(beside))
    if (await hasTenants(join(folder, neighbour))) throw refusal(neighbour);
  if (folder === process.cwd()) return;
  for (const neighbour of likeliest(neighboursIn(process.cwd())))
    if (await isOfOldApplication(join(process.cwd(), neighbour)))
      throw refusal(neighbour);
}

/** In bytes; -1 where there is no such file. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? -1;
}

function neighboursIn(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

/** The files to look into, those first that are named like a database. A copy of before an adoption is no sign by itself. */
function likeliest(files: readonly string[]): string[] {
  const looked = files.filter((file) => !file.includes(BEFORE_ADOPTION));
  return [
    ...looked.filter(isNamedLikeDatabase),
    ...looked.filter((file) => !isNamedLikeDatabase(file)),
  ].slice(0, MAX_LOOKED_INTO);
}

function isNamedLikeDatabase(file: string): boolean {
  return /^\.(?:db|sqlite3?)$/i.test(extname(file));
}

/** This service's own as well: a letter is soon missing in a name. */
async function hasTenants(file: string): Promise<boolean> {
  return (await tablesOfFileWith(file, 'tenants')) !== undefined;
}

async function isOfOldApplication(file: string): Promise<boolean> {
  const tables = await tablesOfFileWith(file, 'tenants');
  return tables !== undefined && !tables.has('migrations');
}

function refusal(found: string): ConfigError {
  const isLog = LOGS.some((ending) => found.endsWith(ending));
  return new ConfigError([
    {
      variable: 'DATABASE_URL',
      reason: `gösterdiği yerde veritabanı yok, ama bir veritabanından iz var: ${printable(found)}`,
      hint: isLog ? PUT_BACK_OR_MOVE : PUT_BACK,
    },
  ]);
}

/** File names may hold anything. */
function printable(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]/gu, '?').slice(0, 100);
}
