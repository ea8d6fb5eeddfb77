import { SCHEMA } from './schema.js';
import { CreateAudit1763800000005 } from './migrations/1763800000005-create-audit.js';

export const AUDIT_TABLES = ['audit_entries', 'audit_head', 'audit_key'];

/**
 * Whether the step that makes the audit trail is missing though later ones are there. It was done once, so somebody has taken
 * it away, and the trail with it or to hide what they did to it.
 * @param applied names of migrations, as the database has them.
 */
export function isAuditLost(applied: readonly string[]): boolean {
  const audit = SCHEMA.migrations.indexOf(CreateAudit1763800000005);
  return (
    !applied.includes(CreateAudit1763800000005.name) &&
    SCHEMA.migrations
      .slice(audit + 1)
      .some(({ name }) => applied.includes(name))
  );
}
