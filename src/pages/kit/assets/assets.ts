import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PROJECT_ROOT } from '../../../common/project-root.js';

const require = createRequire(import.meta.url);

export const VIEWS = join(PROJECT_ROOT, 'views');
export const PUBLIC = join(PROJECT_ROOT, 'public');
export const TABLER_CSS = join(
  dirname(require.resolve('@tabler/core/package.json')),
  'dist',
  'css',
);

/** Changes with any asset, so that browsers may keep what they have for ever. */
const VERSION = hashOf([
  ...readdirSync(PUBLIC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted(),
  join(TABLER_CSS, 'tabler.min.css'),
]);

export const ASSETS_PATH = `/assets/${VERSION}`;

/** The file of an icon of Tabler's outline set. */
export function iconFile(name: string): string {
  return require.resolve(`@tabler/icons/outline/${name}.svg`);
}

export function assetUrl(name: string): string {
  return `${ASSETS_PATH}/${name}`;
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
