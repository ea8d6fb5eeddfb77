import type { AuditFilter } from '../audit/audit.repository.js';

/** The address of the entries behind these, with the same filters; undefined when these are the oldest. */
export function nextPageLink(
  path: string,
  filter: AuditFilter,
  entries: readonly { id: number }[],
): string | undefined {
  const last = entries.at(-1)?.id;
  if (last === undefined || entries.length < filter.limit || last === 1)
    return undefined;
  const { action, actor, target, limit } = filter;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({
    action,
    actor,
    target,
    limit,
    before: last,
  })) {
    if (value !== undefined) query.set(name, String(value));
  }
  return `${path}?${query.toString()}`;
}
