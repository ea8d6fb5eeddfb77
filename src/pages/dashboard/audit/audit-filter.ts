import type { AuditFilter } from '../../../audit/audit.repository.js';
import { ListAuditQueryDto } from '../../../audit-trail/dto/list-audit-query.dto.js';
import { ValidationFailedError } from '../../../common/errors/common.errors.js';
import { validateDto } from '../../../common/validation/validate-dto.js';
import { formText } from '../../kit/forms/form-text.js';

const PAGE_SIZE = '50';
const DIGITS = /^[1-9]\d{0,15}$/;
const TENANT = /^tenant:(\d+)$/;

/** What the filter form shows. */
export interface AuditFilterValues {
  action: string;
  actor: string;
  /** A tenant's number. */
  tenant: string;
  /** What a link asked for that is no tenant. */
  target: string;
}

/** A link names its target; the form has a field for tenants alone. */
export function auditFilterValues(query: unknown): AuditFilterValues {
  const target = formText(query, 'target');
  const linked = TENANT.exec(target)?.[1];
  const tenant = formText(query, 'tenant').trim();
  return {
    action: formText(query, 'action'),
    actor: formText(query, 'actor'),
    tenant: tenant === '' ? (linked ?? '') : tenant,
    target: linked === undefined ? target : '',
  };
}

/**
 * The form's empty fields ask for everything.
 * @throws ValidationFailedError
 */
export function auditFilter(query: unknown): AuditFilter {
  const { action, actor, tenant, target } = auditFilterValues(query);
  if (tenant !== '' && !DIGITS.test(tenant))
    throw new ValidationFailedError([
      { pointer: '/tenant', code: 'INVALID_FORMAT' },
    ]);
  const asked = {
    action,
    actor,
    target: tenant === '' ? target : `tenant:${tenant}`,
    before: formText(query, 'before'),
    limit: PAGE_SIZE,
  };
  const filledIn = Object.entries(asked).filter(([, text]) => text !== '');
  return validateDto(ListAuditQueryDto, Object.fromEntries(filledIn), {
    unknown: 'refuse',
  });
}
