import type { EntityManager } from 'typeorm';
import { AuditKey } from '../audit/audit-key.entity.js';
import { storedText } from '../database/stored-text.js';
import { ENCRYPTED_COLUMNS } from './encrypted-columns.js';

/** What one key id protects. */
export interface KeyUse {
  kid: string;
  /** Tenants, those in the bin included, and rows of imports. */
  rows: number;
  /** Whether the key of the audit trail is encrypted under it. */
  auditKey: boolean;
}

export interface KeyUses {
  /** In order of kid. */
  uses: KeyUse[];
  /** Rows whose secret is not bound to its place. */
  unbound: number;
}

/**
 * The one count of what needs which key, for all who ask. A row without a secret needs none, whatever kid stands beside.
 * @param has tells whether a table is there: a database that is not migrated yet lacks some.
 */
export async function countKeyUse(
  manager: EntityManager,
  has: (table: string) => boolean = () => true,
): Promise<KeyUses> {
  const byKid = new Map<string, KeyUse>();
  const useOf = (kid: string): KeyUse => {
    const use = byKid.get(kid) ?? { kid, rows: 0, auditKey: false };
    byKid.set(kid, use);
    return use;
  };
  let unbound = 0;
  for (const { entity, token, kid: kidOf } of ENCRYPTED_COLUMNS) {
    if (!has(manager.connection.getMetadata(entity).tableName)) continue;
    const counts = await manager
      .createQueryBuilder(entity, 'row')
      .select(storedText(`row.${kidOf}`), 'kid')
      .addSelect('count(*)', 'rows')
      .where(`${storedText(`row.${token}`)} <> ''`)
      .groupBy('1')
      .getRawMany<{ kid: string | null; rows: number }>();
    for (const { kid, rows } of counts)
      if (kid === null) unbound += rows;
      else useOf(kid).rows += rows;
  }
  if (has(manager.connection.getMetadata(AuditKey).tableName))
    for (const { kid } of await manager.find(AuditKey))
      useOf(kid).auditKey = true;
  const uses = [...byKid.values()].toSorted((one, other) =>
    one.kid < other.kid ? -1 : 1,
  );
  return { uses, unbound };
}

/**
 * The kids that secrets need. One that no check value knows was never an encrypting key of this database: its row is
 * damaged, and hurts its tenant alone. Where no check value is left at all, nothing can tell the two apart, and all count.
 * @param known the kids of the check values.
 */
export function neededUses(
  uses: readonly KeyUse[],
  known: readonly string[],
): KeyUse[] {
  return known.length === 0
    ? [...uses]
    : uses.filter(({ kid }) => known.includes(kid));
}
