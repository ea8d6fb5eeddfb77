import type { Locale } from '../../../common/i18n/locale.js';
import type { BriefDeletedTenant } from '../../../tenants/bin/tenant-bin.service.js';
import type { AuditNames } from '../../../audit-trail/audit-names.service.js';
import { actorName } from '../audit/audit-sentence.js';

const DAY_MS = 86_400_000;

export interface BinRow {
  id: number;
  business_name: string;
  username: string;
  deletedAt: string;
  /** Undefined when the audit trail does not know. */
  deletedBy?: string;
  daysLeft: number;
}

/** @param actors who deleted each, by target. */
export function binRows(
  locale: Locale,
  tenants: readonly BriefDeletedTenant[],
  actors: ReadonlyMap<string, string>,
  names: AuditNames,
): BinRow[] {
  return tenants.map((tenant) => {
    const actor = actors.get(`tenant:${tenant.id}`);
    return {
      id: tenant.id,
      business_name: tenant.business_name,
      username: tenant.username,
      deletedAt: tenant.deleted_at,
      deletedBy:
        actor === undefined ? undefined : actorName(locale, actor, names),
      daysLeft: daysUntil(tenant.purge_at),
    };
  });
}

/** A day that has begun counts. */
function daysUntil(iso: string): number {
  return Math.max(0, Math.ceil((Date.parse(iso) - Date.now()) / DAY_MS));
}
