import type { AuditNames } from '../../../audit-trail/audit-names.service.js';
import type { AuditEntryResponseDto } from '../../../audit-trail/dto/audit-entry-response.dto.js';
import { interpolate } from '../../../common/i18n/messages.js';
import type { Locale } from '../../../common/i18n/locale.js';
import { hasPageText, pageText } from '../../page-texts.js';

/** A piece of a sentence; one with a name stands apart from the text around it, whatever is in it. */
export interface SentencePart {
  text: string;
  name: boolean;
  href?: string;
}

type Entry = Pick<
  AuditEntryResponseDto,
  'action' | 'actor' | 'target' | 'fields'
>;

const PLACEHOLDER = /(\{\w+\})/;

/** Who did what, in the reader's language: `zeynep, Güneş müşterisinin işletme adını değiştirdi`. */
export function auditSentence(
  locale: Locale,
  entry: Entry,
  names: AuditNames,
): SentencePart[] {
  const { action, actor, target, fields } = entry;
  const named = target === null || names.has(target);
  const candidates = [
    ...(named ? [] : [`audit.sentencesByNumber.${action}`]),
    ...(actor === target ? [`audit.sentencesOfOneself.${action}`] : []),
  ];
  const sentence = pageText(
    locale,
    candidates.find((key) => hasPageText(locale, key)) ??
      `audit.sentences.${action}`,
  );
  const parts: Record<string, SentencePart> = {
    '{actor}': { text: actorName(locale, actor, names), name: true },
    '{target}': targetPart(target, names),
    '{fields}': { text: fieldList(locale, fields), name: false },
  };
  return sentence
    .split(PLACEHOLDER)
    .filter((piece) => piece !== '')
    .map((piece) => parts[piece] ?? { text: piece, name: false });
}

/** Also what the filter calls the actor. */
export function actorName(
  locale: Locale,
  actor: string,
  names: AuditNames,
): string {
  const { kind, id } = parse(actor);
  const name = names.get(actor);
  const key = `audit.actors.${kind}${id !== '' && name === undefined ? 'ByNumber' : ''}`;
  return hasPageText(locale, key)
    ? interpolate(pageText(locale, key), { name: name ?? '', id })
    : actor;
}

function targetPart(target: string | null, names: AuditNames): SentencePart {
  const { kind, id } = parse(target ?? '');
  const name = names.get(target ?? '');
  return {
    text: name ?? id,
    name: true,
    href:
      kind === 'tenant' && name !== undefined ? `/tenants/${id}` : undefined,
  };
}

function fieldList(locale: Locale, fields: readonly string[]): string {
  const known = fields.map((field) => {
    const key = `audit.fields.${field}`;
    return hasPageText(locale, key) ? pageText(locale, key) : field;
  });
  return known.length === 0
    ? pageText(locale, 'audit.someFields')
    : new Intl.ListFormat(locale, { type: 'conjunction' }).format(known);
}

function parse(reference: string): { kind: string; id: string } {
  const [kind = '', id = ''] = reference.split(':', 2);
  return { kind, id };
}
