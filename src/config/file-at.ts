import { statSync, type Stats } from 'node:fs';

/**
 * What is at a configured path, if anything.
 * @throws Error with this Turkish reason: Node's own errors (ENOTDIR, ENAMETOOLONG, EACCES, …) repeat the path.
 */
export function fileAt(path: string, unreachable: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    throw new Error(unreachable);
  }
}
