import { randomUUID } from 'node:crypto';
import {
  closeSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';

/** What file systems without hard links answer (FAT, some network shares). */
const WITHOUT_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** Something stands there already that is not to be replaced. */
export class FileExistsError extends Error {}

/** A name beside the file's own, for as long as it is not whole. */
export function draftOf(name: string): string {
  return `${name}.${randomUUID()}.tmp`;
}

/**
 * Only a name that is free or an empty regular file is written: no device, no pipe, no link, whatever it leads to.
 * @throws FileExistsError
 */
export function assertFree(name: string): void {
  const found = lstatSync(name, { throwIfNoEntry: false });
  if (found !== undefined && !(found.isFile() && found.size === 0))
    throw new FileExistsError();
}

/**
 * Gives a finished draft its name, in one step: a link, unlike a rename, never replaces what somebody has put there meanwhile.
 * @throws FileExistsError, or an error of the file system.
 */
export function giveName(draft: string, name: string): void {
  assertFree(name);
  try {
    linkSync(draft, name);
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'EEXIST' && !WITHOUT_LINKS.includes(code)) throw error;
    const claimed = code !== 'EEXIST' && claim(name);
    assertFree(name);
    replaceEmpty(draft, name, claimed);
  }
}

/** @returns whether the name was free, and is now an empty file of ours. */
function claim(name: string): boolean {
  try {
    closeSync(openSync(name, 'wx', 0o600));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function replaceEmpty(draft: string, name: string, claimed: boolean): void {
  try {
    renameSync(draft, name);
  } catch (error) {
    if (claimed) rmSync(name, { force: true });
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
