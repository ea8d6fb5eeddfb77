import { dictionary } from '@zxcvbn-ts/language-common';
import { PASSWORD_MAX_BYTES } from '../../common/password-text.js';

/** What people put behind a well-known password to make it look longer. */
const DECORATION = /^[\d\W_]+|[\d\W_]+$/g;

const WELL_KNOWN: ReadonlySet<string> = new Set(
  dictionary['passwords-common'].map(String),
);

/**
 * Whether a password is among the well-known ones, as it is or with digits and signs around it,
 * or repeats one of them or a piece of up to 4 characters, or only digits: these are what a guesser tries first.
 * One that is longer than a password may be is none; the patterns would take minutes for half a megabyte.
 */
export function isWellKnownPassword(password: string): boolean {
  if (Buffer.byteLength(password) > PASSWORD_MAX_BYTES) return false;
  const folded = password.toLowerCase();
  const core = folded.replace(DECORATION, '');
  return (
    WELL_KNOWN.has(folded) ||
    core === '' ||
    WELL_KNOWN.has(core) ||
    isRepetition(folded)
  );
}

function isRepetition(text: string): boolean {
  const piece = /^(.+?)\1+$/su.exec(text)?.[1];
  return (
    piece !== undefined && ([...piece].length <= 4 || WELL_KNOWN.has(piece))
  );
}
