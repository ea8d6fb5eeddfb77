import type { EntityManager } from 'typeorm';

/** As many ids as a line of a log can show. */
const MAX_NAMED = 20;

/**
 * Names the tenants whose password hash is dearer than those of this service (cost 13 to 15): until their first sign-in
 * renews it, the time that a try takes tells that the name exists.
 * @returns Turkish lines for the operator; none when there is no such hash.
 */
export async function dearHashes(manager: EntityManager): Promise<string[]> {
  const rows = await manager.query<{ id: number }[]>(
    `SELECT id FROM tenants
     WHERE typeof(password_hash) = 'text' AND password_hash GLOB '$2[aby]$1[345]$*' ORDER BY id`,
  );
  if (rows.length === 0) return [];
  const ids = rows.slice(0, MAX_NAMED).map(({ id }) => id);
  const more = rows.length > MAX_NAMED ? ', …' : '';
  return [
    `Uyarı: ${rows.length} parola özeti 12’den yüksek maliyetli (id: ${ids.join(', ')}${more}); ilk girişte 12 ile yenilenir. Ayrıntı: docs/operations.md`,
  ];
}
