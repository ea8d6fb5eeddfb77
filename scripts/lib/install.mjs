import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { aptInstall } from './apt.mjs';
import { giveUp, PROJECT, run, say } from './run.mjs';

const OLDEST_NODE = [20, 19];
const INSTALLED = 'node_modules/.package-lock.json';
const SQLITE_BINARY = join(
  PROJECT,
  'node_modules/sqlite3/build/Release/node_sqlite3.node',
);

/** Installs the packages of package-lock.json unless they are there. */
export function ensureInstalled() {
  assertNodeVersion();
  if (isInstalled()) return;
  say(
    'Installing packages (npm ci); sqlite3 may have to be compiled, which takes a few minutes …',
  );
  if (npmCi() && existsSync(SQLITE_BINARY)) return;
  const missing = ['python3', 'make', 'g++'].filter(
    (tool) => spawnSync(tool, ['--version']).error,
  );
  if (missing.length === 0) giveUp('npm ci failed; its output is above.');
  aptInstall(missing, 'tools that compile sqlite3');
  if (!npmCi()) giveUp('npm ci failed; its output is above.');
}

function npmCi() {
  // Development packages build and test the project, whatever NODE_ENV says.
  return (
    run('npm', [
      'ci',
      '--include=dev',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]) === 0
  );
}

/**
 * Whether this folder only runs what was built in it: `npm prune --omit=dev` has taken away what a build needs. To install and to
 * build here would empty node_modules under the running service.
 */
export function isPruned() {
  const installed = Object.values(packagesIn(INSTALLED));
  return (
    existsSync(join(PROJECT, 'dist/main.js')) &&
    installed.length > 0 &&
    !installed.some(({ dev }) => dev)
  );
}

/** Whether node_modules holds every package of the lock file in its version, and the compiled driver. */
function isInstalled() {
  const installed = packagesIn(INSTALLED);
  const wanted = Object.entries(packagesIn('package-lock.json')).filter(
    ([path, { optional }]) => path !== '' && !optional,
  );
  return (
    existsSync(SQLITE_BINARY) &&
    wanted.every(([path, { version }]) => installed[path]?.version === version)
  );
}

function packagesIn(file) {
  const path = join(PROJECT, file);
  return existsSync(path)
    ? JSON.parse(readFileSync(path, 'utf8')).packages
    : {};
}

function assertNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (
    major < OLDEST_NODE[0] ||
    (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])
  ) {
    giveUp(
      `Node.js ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`,
    );
  }
}
