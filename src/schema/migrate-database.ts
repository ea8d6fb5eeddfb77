import { closeSync, openSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { AppConfig } from '../config/app-config.js';
import type { KeyRing } from '../security/key-ring.js';
import { SecretBox } from '../security/secret-box.js';
import { makeAuditKey } from '../audit/audit-key.js';
import { adoptLegacyKeys } from './adoption/adopt-legacy-keys.js';
import { dearHashes } from './adoption/dear-hashes.js';
import { listed } from './adoption/faults.js';
import { extendBin } from './adoption/extra-columns-in-bin.js';
import { rebuildTable } from './adoption/rebuild-table.js';
import { backUpBeside } from '../database/sqlite/backup.js';
import { dataSourceOptions } from '../database/data-source-options.js';
import { SCHEMA } from './schema.js';
import { CreateAudit1763800000005 } from './migrations/1763800000005-create-audit.js';
import { EncryptionKeyCheck } from '../keys/encryption-key-check.entity.js';
import { isAuditLost } from './lost-audit.js';
import { recordEncryptingKey, recordKeyCheck } from '../keys/key-checks.js';
import { isDatabaseUnavailable } from '../database/query-errors.js';
import { hardenSqlite } from '../database/sqlite/sqlite.js';

/** As long as others that start at the same time may take for an adoption. */
const LOCK_TIMEOUT_MS = 60_000;
const SILENT_WAIT_MS = 3_000;
const WAITING = `Veritabanı başka bir program tarafından kullanılıyor; bitmesi bekleniyor (en çok ${LOCK_TIMEOUT_MS / 1000} sn). Eski uygulama hâlâ çalışıyorsa durdurun.`;
const WAL_RETRY_MS = 50;

/**
 * Brings the database to this version: backs a legacy one up, runs the pending migrations and adopts its keys,
 * all in one transaction under SQLite's write lock. Several processes may call it at once: one works, the others wait.
 * @param report takes a Turkish line on what was done, once it is committed, and on a wait that is long.
 */
export async function migrateDatabase(
  config: AppConfig,
  keys: KeyRing,
  report: (line: string) => void,
): Promise<void> {
  const options = {
    ...dataSourceOptions(config, 'writer', SCHEMA),
    busyTimeout: LOCK_TIMEOUT_MS,
  };
  createPrivately(config.database.path);
  const source = await new DataSource(options).initialize();
  try {
    await tellingOfLongWaits(report, () => hardenSqlite(source));
    // Renaming it must not drag along what other tables and views say of it.
    await source.query('PRAGMA legacy_alter_table = ON');
    const lines: string[] = [];
    const backups: string[] = [];
    try {
      await inImmediateTransaction(source, report, () =>
        migrate(source, config, keys, { lines, backups }),
      );
    } catch (error) {
      // Of nothing that was done: each start would leave one more.
      for (const backup of backups) rmSync(backup, { force: true });
      throw error;
    }
    for (const line of lines) report(line);
    await tellingOfLongWaits(report, () => switchToWal(source));
  } finally {
    await source.destroy();
  }
}

interface Done {
  lines: string[];
  backups: string[];
}

async function migrate(
  source: DataSource,
  config: AppConfig,
  keys: KeyRing,
  { lines, backups }: Done,
): Promise<void> {
  const report = (line: string) => void lines.push(line);
  const secrets = new SecretBox(keys);
  const legacy = await isLegacy(source);
  if (legacy) {
    const backup = await backUpBeside(config.database.path);
    backups.push(backup);
    report(`Eski veritabanının yedeği: ${backup}`);
  }
  const rebuilt = legacy ? await rebuildTable(source) : undefined;
  const auditIsLost = isAuditLost(await appliedBefore(source));
  const applied = await source.runMigrations({ transaction: 'none' });
  if (applied.length > 0)
    report(`Veritabanı güncellendi: ${applied.length} adım`);
  await extendBin(source);
  if (rebuilt !== undefined) {
    const { readable, unreadable, kids } = await adoptLegacyKeys(
      source.manager,
      secrets,
    );
    report(
      `Eski veritabanı devralındı: ${readable} anahtar okunabilir, ${unreadable.length} okunamıyor`,
    );
    if (unreadable.length > 0)
      report(
        `Anahtarı okunamayan müşteriler (id: ${listed(unreadable)}): her birine düzenleme sayfasından yeni bir anahtar verin, ya da eski şifreleme anahtarını ENCRYPTION_KEY=yeni,eski biçiminde ekleyip keys adopt çalıştırın`,
      );
    // Not only the encrypting one: a kid that is not known later on is a damaged row's.
    for (const ring of keys.each())
      if (kids.has(ring.primaryKid)) await recordKeyCheck(source.manager, ring);
    for (const statement of rebuilt.statements) await source.query(statement);
    for (const line of rebuilt.notes) report(line);
    for (const line of await dearHashes(source.manager)) report(line);
  }
  // Only now: where it is missing later on, somebody has taken it away.
  const isNew = applied.some(
    ({ name }) => name === CreateAudit1763800000005.name,
  );
  if (isNew && !auditIsLost) await makeAuditKey(source.manager, secrets);
  // Without key and head the trail does not verify, and says where it began anew.
  if (auditIsLost)
    report(
      'Denetim kaydının tabloları silinmiş, boş olarak yeniden oluşturuldu: audit verify',
    );
  // A key that nothing needs yet is made known by whoever begins to use it: a server, or a rotation.
  if (isNew || !(await source.manager.exists(EncryptionKeyCheck)))
    await recordEncryptingKey(source.manager, keys);
}

/** Names of the migrations that the database has been through. */
async function appliedBefore(source: DataSource): Promise<string[]> {
  const [table] = await source.query<unknown[]>(
    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'",
  );
  if (table === undefined) return [];
  const rows = await source.query<{ name: string }[]>(
    'SELECT name FROM migrations',
  );
  return rows.map(({ name }) => name);
}

/** A new file is its owner's alone: SQLite would make it readable by all. One that is there keeps its mode. */
function createPrivately(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}

/** SQLite does not wait for other connections here, whatever the busy timeout says: processes that start together meet. */
async function switchToWal(source: DataSource): Promise<void> {
  const deadline = performance.now() + LOCK_TIMEOUT_MS;
  for (;;) {
    try {
      await source.query('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!isDatabaseUnavailable(error) || performance.now() > deadline)
        throw error;
      await sleep(WAL_RETRY_MS);
    }
  }
}

/** Asked again under the lock: another process may have adopted it since it was inspected. */
async function isLegacy(source: DataSource): Promise<boolean> {
  const tables = await source.query<{ name: string }[]>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND lower(name) IN ('tenants', 'migrations')",
  );
  return tables.length === 1 && tables[0]?.name.toLowerCase() === 'tenants';
}

async function inImmediateTransaction(
  source: DataSource,
  report: (line: string) => void,
  work: () => Promise<void>,
): Promise<void> {
  await tellingOfLongWaits(report, () => source.query('BEGIN IMMEDIATE'));
  try {
    await work();
    await source.query('COMMIT');
  } catch (error) {
    // SQLite has already done it on some errors, a full disk for instance; the first error is the one that tells.
    await source.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Nothing is more alarming than a start that says nothing. */
async function tellingOfLongWaits<T>(
  report: (line: string) => void,
  wait: () => Promise<T>,
): Promise<T> {
  const timer = setTimeout(report, SILENT_WAIT_MS, WAITING);
  try {
    return await wait();
  } finally {
    clearTimeout(timer);
  }
}
