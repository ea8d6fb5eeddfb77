import type { TenantResponseDto } from '../../../tenants/dto/tenant-response.dto.js';
import { formText } from '../../kit/forms/form-text.js';
import { excerptOf, isKept } from '../../kit/forms/kept-fields.js';
import { fingerprint, seenVersions } from '../../kit/forms/seen-version.js';
import {
  hasSecrets,
  VISIBLE_FIELDS,
  type VisibleField,
  visibleValues,
} from './tenant-form.js';

/** A field in which what is stored and what was typed differ, and which of the two is ticked. */
export interface FieldConflict {
  field: VisibleField;
  stored: string;
  typed: string;
  keepStored: boolean;
  isLong: boolean;
}

export interface EditConflict {
  conflicts: FieldConflict[];
  /** Fields that are no question: they stay as they are stored. */
  agreed: VisibleField[];
  /** A password or a key was typed, which must be typed again. */
  withSecrets: boolean;
}

/** What each field shows when a form is made, so that it is known afterwards who has changed what. */
export function seenFingerprints(
  tenant: TenantResponseDto,
): Record<VisibleField, string> {
  const values = visibleValues(tenant);
  return {
    username: fingerprint(values.username),
    business_name: fingerprint(values.business_name),
    system_prompt: fingerprint(values.system_prompt),
  };
}

/** What to ask someone who began to edit before another change was saved; undefined when nothing is at stake. */
export function editConflict(
  form: unknown,
  stored: TenantResponseDto,
): EditConflict | undefined {
  const seen = seenVersions(form);
  if (seen === undefined || seen.includes(stored.version)) return undefined;
  const typed = visibleValues(form);
  const current = visibleValues(stored);
  const differs = (field: VisibleField) =>
    !isKept(form, field) && typed[field] !== current[field];
  const conflicts = VISIBLE_FIELDS.filter(differs).map((field) => ({
    field,
    stored: excerptOf(field, current[field]),
    typed: typed[field],
    keepStored: wantsStored(form, field, typed[field]),
    isLong: field === 'system_prompt',
  }));
  const withSecrets = hasSecrets(form);
  if (conflicts.length === 0 && !withSecrets) return undefined;
  return {
    conflicts,
    agreed: VISIBLE_FIELDS.filter((field) => !differs(field)),
    withSecrets,
  };
}

/** Someone who chose before keeps the choice; else what was not touched gives way to what is stored. */
function wantsStored(
  form: unknown,
  field: VisibleField,
  typed: string,
): boolean {
  const choice = formText(form, `keep_${field}`);
  if (['stored', 'typed'].includes(choice)) return choice === 'stored';
  return formText(form, `seen_${field}`) === fingerprint(typed);
}
