import type { TenantResponseDto } from '../../tenants/dto/tenant-response.dto.js';
import { formText } from './form-text.js';
import { VISIBLE_FIELDS, visibleValues } from './tenant-form.js';

/** A field in which what is stored and what was typed differ. */
export interface FieldConflict {
  field: string;
  stored: string;
  typed: string;
}

/**
 * What to show to someone who began to edit before another change was saved; empty when nothing is at stake.
 * A form without `version` makes no claim to have seen any.
 */
export function editConflicts(
  form: unknown,
  stored: TenantResponseDto,
): FieldConflict[] {
  const seen = formText(form, 'version');
  if (seen === '' || seen === String(stored.version)) return [];
  const typed = visibleValues(form);
  const current = visibleValues(stored);
  return VISIBLE_FIELDS.map((field) => ({
    field,
    stored: current[field] ?? '',
    typed: typed[field] ?? '',
  })).filter((conflict) => conflict.stored !== conflict.typed);
}
