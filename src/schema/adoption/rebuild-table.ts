import { type DataSource, MigrationExecutor } from 'typeorm';
import { indexesOf, keptIndexes } from './indexes.js';
import { columnsOf, quoteName } from '../../database/sqlite/table-columns.js';
import { declare, LEGACY_COLUMNS, without } from './legacy-columns.js';
import { EMPTIED } from './rows.js';
import { SET_ASIDE } from './taken-names.js';
import { triggersOf } from './triggers.js';

/** What is to be made again once all else is done, so that the old triggers do not run over our own changes. */
export interface PutBack {
  statements: string[];
  /** Turkish lines for the operator. */
  notes: string[];
}

/**
 * Puts our table of tenants in the place of the old one, with its rows, its ids that are spent, and the columns that
 * somebody has added. Applies the first migration, which makes that table; the others find it filled.
 * To be called in the transaction of the migrations, on what `inspectLegacy` has found to be fit.
 */
export async function rebuildTable(source: DataSource): Promise<PutBack> {
  const indexes = keptIndexes(await indexesOf(source), await namesIn(source));
  const triggers = await triggersOf(source);
  const extras = without(await columnsOf(source, 'tenants'), LEGACY_COLUMNS);
  const emptied = await countEmptied(source);
  await setAside(source);
  await applyFirstMigration(source);
  for (const column of extras)
    await source.query(`ALTER TABLE tenants ADD COLUMN ${declare(column)}`);
  await fill(
    source,
    extras.map(({ name }) => quoteName(name)),
  );
  await source.query(`DROP TABLE ${SET_ASIDE}`);
  return {
    statements: [...indexes, ...triggers].map(({ sql }) => sql),
    notes: [
      ...note('Ek sütunlar korundu', extras),
      ...note('Dizinler korundu', indexes),
      ...note('Tetikleyiciler korundu', triggers),
      ...emptied,
    ],
  };
}

async function namesIn(source: DataSource): Promise<string[]> {
  const rows = await source.query<{ name: string }[]>(
    'SELECT lower(name) AS name FROM sqlite_master',
  );
  return rows.map(({ name }) => name);
}

function note(text: string, things: readonly { name: string }[]): string[] {
  return things.length === 0
    ? []
    : [`${text}: ${things.map(({ name }) => name).join(', ')}`];
}

async function countEmptied(source: DataSource): Promise<string[]> {
  const sums = EMPTIED.map((column) => `sum(${column} IS NULL) AS ${column}`);
  // An aggregate gives one row.
  const [counts] = await source.query<[Record<string, number | null>]>(
    `SELECT ${sums.join(', ')} FROM tenants`,
  );
  return EMPTIED.filter((column) => counts[column]).map(
    (column) =>
      `${column} sütununda NULL olan ${counts[column]} satır boş metinle taşındı`,
  );
}

/** Frees the names: indexes and triggers keep theirs when their table is renamed. */
async function setAside(source: DataSource): Promise<void> {
  const made = await source.query<{ name: string; type: string }[]>(
    "SELECT name, type FROM sqlite_master WHERE type IN ('index', 'trigger') AND lower(tbl_name) = 'tenants' AND sql IS NOT NULL",
  );
  for (const { name, type } of made)
    await source.query(`DROP ${type} ${quoteName(name)}`);
  await source.query(`ALTER TABLE tenants RENAME TO ${SET_ASIDE}`);
}

async function applyFirstMigration(source: DataSource): Promise<void> {
  const executor = new MigrationExecutor(source);
  const [first] = await executor.getPendingMigrations();
  if (first === undefined) throw new Error('no migration is pending');
  await executor.executeMigration(first);
}

async function fill(
  source: DataSource,
  extras: readonly string[],
): Promise<void> {
  const into = [...LEGACY_COLUMNS, ...extras].join(', ');
  const nullable = new Set<string>(EMPTIED);
  const values = LEGACY_COLUMNS.map((column) =>
    nullable.has(column) ? `coalesce(${column}, '')` : column,
  );
  await source.query(
    `INSERT INTO tenants (${into}) SELECT ${[...values, ...extras].join(', ')} FROM ${SET_ASIDE} ORDER BY id`,
  );
  await keepIdsSpent(source);
}

/** Ids of tenants that are gone stay so where the old table remembered them (it may have had AUTOINCREMENT, too). */
async function keepIdsSpent(source: DataSource): Promise<void> {
  const [{ seq }] = await source.query<[{ seq: number | null }]>(
    `SELECT max(seq) AS seq FROM sqlite_sequence WHERE name IN ('tenants', '${SET_ASIDE}')`,
  );
  if (seq === null) return;
  await source.query("DELETE FROM sqlite_sequence WHERE name = 'tenants'");
  await source.query(
    "INSERT INTO sqlite_sequence (name, seq) VALUES ('tenants', ?)",
    [seq],
  );
}
