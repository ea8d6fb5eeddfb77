import { createHash } from 'node:crypto';
import { VersionConflictError } from '../../../common/errors/common.errors.js';
import type { AcceptedVersions } from '../../../http/version-tag.js';
import { formText } from './form-text.js';

const CANONICAL = /^[1-9]\d{0,15}$/;

/** The version that a form was made from: a change may build on no other. A form without one makes no claim. */
export function seenVersions(form: unknown): AcceptedVersions {
  const seen = formText(form, 'version');
  if (seen === '') return undefined;
  return CANONICAL.test(seen) ? [Number(seen)] : [];
}

/** Tells whether a text is the one that a form showed, without sending it twice. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/** Runs `change`; `otherwise` when somebody else changed the same in the meantime. */
export async function unlessChanged(
  change: () => Promise<void>,
  otherwise: () => Promise<void>,
): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (!(error instanceof VersionConflictError)) throw error;
    await otherwise();
  }
}
