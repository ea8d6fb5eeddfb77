import type { EntityManager } from 'typeorm';

/**
 * The one place that knows how the database finds a part of a text: SQLite by an FTS5 table of trigrams. PostgreSQL has
 * `pg_trgm`, whose index keeps itself.
 */
const GRAMS = 'tenant_search_grams';

/** Shorter parts, in code points, are in no trigram. */
const SHORTEST = 3;

export function canUseGrams(needle: string): boolean {
  return [...needle].length >= SHORTEST;
}

/** A FTS5 phrase in which nothing has a meaning of its own. */
export function toPhrase(needle: string): string {
  return `"${needle.replaceAll('"', '""')}"`;
}

/** The ids of the tenants that match, in order of id without sorting; and with their rows `s` of `tenant_search`. */
export const MATCHED_IDS = GRAMS;
export const MATCHED_ROWS = `${GRAMS} CROSS JOIN tenant_search s ON s.tenant_id = ${GRAMS}.rowid`;
export const MATCHED_ID = `${GRAMS}.rowid`;
export const MATCHES = `${GRAMS} MATCH ?`;

export async function indexTexts(
  manager: EntityManager,
  texts: readonly (readonly [id: number, text: string])[],
): Promise<void> {
  if (texts.length === 0) return;
  await manager.query(
    `INSERT INTO ${GRAMS} (rowid, search_text) VALUES ${texts.map(() => '(?, ?)').join(', ')}`,
    texts.flat(),
  );
}

export async function unindexTexts(
  manager: EntityManager,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  await manager.query(
    `DELETE FROM ${GRAMS} WHERE rowid IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ids)],
  );
}
