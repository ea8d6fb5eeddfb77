import { SYSTEM_PROMPT_MAX_LENGTH } from '../../../tenants/dto/tenant-fields.js';
import { formText } from './form-text.js';

/** In UTF-16 units. */
const EXCERPT_LENGTH = 500;
/** In characters, as the rules have them: a form of these has room for them however they are encoded. */
const MAX_LENGTHS = {
  username: 100,
  business_name: 255,
  system_prompt: SYSTEM_PROMPT_MAX_LENGTH,
};
/** What a browser takes out of a text, or puts something else in its place. */
const LOST_IN_A_LINE = /[\r\n\0]/;
const LOST_IN_A_TEXT = /\0/;
const HIGH_OF_A_PAIR = /[\uD800-\uDBFF](?=[\uDC00-\uDFFF])/g;
const UNLESS_TYPED = 'unless_typed';

const FIELDS = ['username', 'business_name', 'system_prompt'] as const;

type Field = keyof typeof MAX_LENGTHS;
export type KeptFields = Partial<
  Record<Field, { excerpt: string; characters: number }>
>;

/**
 * The stored texts that a form cannot show and send back as they are: the old application has stored longer ones than a form
 * may hold, and line ends in names. Such a field begins empty, beside an excerpt, and stays as it is until something is typed.
 */
export function keptFields(stored: Record<Field, string>): KeptFields {
  const kept: KeptFields = {};
  for (const field of FIELDS)
    if (isLost(field, stored[field]))
      kept[field] = {
        excerpt: excerptOf(field, stored[field]),
        characters: charactersOf(stored[field]),
      };
  return kept;
}

/** Whether a form says that a field stays as it is stored because nothing was typed. */
export function isKept(form: unknown, field: Field): boolean {
  return (
    formText(form, `keep_${field}`) === UNLESS_TYPED &&
    formText(form, field) === ''
  );
}

/** What the fields of a form show of these values: nothing of a stored text that is kept. */
export function shownValues<Name extends Field>(
  values: Record<Name, string>,
  stored: Record<Field, string>,
): Record<Name, string> {
  const shown = { ...values };
  for (const name of Object.keys(values) as Name[])
    if (values[name] === stored[name] && isLost(name, stored[name]))
      shown[name] = '';
  return shown;
}

/** A stored text beside what was typed instead: of one that is kept, its beginning. */
export function excerptOf(field: Field, stored: string): string {
  return isLost(field, stored)
    ? `${stored.slice(0, EXCERPT_LENGTH).toWellFormed()} …`
    : stored;
}

function isLost(field: Field, text: string): boolean {
  const lost = field === 'system_prompt' ? LOST_IN_A_TEXT : LOST_IN_A_LINE;
  return charactersOf(text) > MAX_LENGTHS[field] || lost.test(text);
}

/** Code points, as the rules count them. */
export function charactersOf(text: string): number {
  return text.replace(HIGH_OF_A_PAIR, '').length;
}
