import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectPath } from '../helpers/paths.js';
import { workspaceForTest } from '../helpers/workspace.js';

type Packages = Record<string, { dev?: boolean }>;

/** What `npm ci && npm run build && npm prune --omit=dev` leaves, with links instead of copies of the packages. */
function prunedProject(): string {
  const folder = workspaceForTest();
  for (const part of ['package.json', 'package-lock.json', 'scripts', 'dist'])
    cpSync(projectPath(part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(projectPath('node_modules')))
    if (!name.startsWith('.'))
      symlinkSync(
        projectPath(`node_modules/${name}`),
        join(folder, 'node_modules', name),
      );
  const list = 'node_modules/.package-lock.json';
  const { packages } = JSON.parse(readFileSync(projectPath(list), 'utf8')) as {
    packages: Packages;
  };
  const kept = Object.entries(packages).filter(([, { dev }]) => !dev);
  writeFileSync(
    join(folder, list),
    JSON.stringify({ packages: Object.fromEntries(kept) }),
  );
  return folder;
}

it('npm run cli neither installs nor builds in a folder that only runs the service', () => {
  const folder = prunedProject();
  const before = readdirSync(folder, { recursive: true });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/cli.mjs', 'keys', 'generate'],
    // Without npm in the path an installation fails at once.
    { cwd: folder, encoding: 'utf8', env: { PATH: folder } },
  );
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^[\w-]{43}=\n$/);
  expect(status).toBe(0);
  expect(readdirSync(folder, { recursive: true })).toEqual(before);
});
