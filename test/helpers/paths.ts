import { fileURLToPath } from 'node:url';

/** Absolute path of something in the project. */
export function projectPath(relative: string): string {
  return fileURLToPath(new URL(`../../${relative}`, import.meta.url));
}
