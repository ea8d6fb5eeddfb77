import { AUDIT_ACTIONS } from '../../../audit/audit-actions.js';
import type { AuditEntryResponseDto } from '../../../audit-trail/dto/audit-entry-response.dto.js';
import type { Locale } from '../../../common/i18n/locale.js';
import type { AuditNames } from '../../../audit-trail/audit-names.service.js';
import {
  actorName,
  auditSentence,
  type SentencePart,
} from './audit-sentence.js';
import type { AuditFilterValues } from './audit-filter.js';
import { pageText } from '../../page-texts.js';

const TENANT = /^tenant:([1-9]\d*)$/;
const ACTORS_WITHOUT_NUMBER = ['operator', 'system', 'visitor'];

interface Option {
  value: string;
  label: string;
  chosen: boolean;
}

export interface AuditFilterForm {
  values: AuditFilterValues;
  actions: Option[];
  actors: Option[];
  filtered: boolean;
}

export interface AuditRow {
  id: number;
  at: string | null;
  sentence: SentencePart[];
  address: string | null;
  requestId: string | null;
}

export function auditFilterForm(
  locale: Locale,
  values: AuditFilterValues,
  names: AuditNames,
): AuditFilterForm {
  const actors = [...names.keys()].filter(
    (reference) => !reference.startsWith('tenant:'),
  );
  const offered = [...actors, ...ACTORS_WITHOUT_NUMBER];
  // Somebody who is gone can still be asked for by a link.
  if (values.actor !== '' && !offered.includes(values.actor))
    offered.push(values.actor);
  return {
    values,
    actions: AUDIT_ACTIONS.map((action) => ({
      value: action,
      label: pageText(locale, `audit.actions.${action}`),
      chosen: action === values.action,
    })),
    actors: offered.map((actor) => ({
      value: actor,
      label: actorName(locale, actor, names),
      chosen: actor === values.actor,
    })),
    filtered: Object.values(values).some((value) => value !== ''),
  };
}

export function auditRows(
  locale: Locale,
  entries: readonly AuditEntryResponseDto[],
  names: AuditNames,
): AuditRow[] {
  return entries.map((entry) => ({
    id: entry.id,
    at: entry.at,
    sentence: auditSentence(locale, entry, names),
    address: entry.address,
    requestId: entry.request_id,
  }));
}

/** The numbers of the tenants among actors and targets. */
export function tenantsIn(references: readonly (string | null)[]): number[] {
  return references
    .map((reference) => TENANT.exec(reference ?? '')?.[1])
    .filter((id) => id !== undefined)
    .map(Number)
    .filter((id) => Number.isSafeInteger(id));
}
