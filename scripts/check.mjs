import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Parts } from './lib/parts.mjs';
import { PROJECT, run, runBeside } from './lib/run.mjs';
import { vitest } from './lib/vitest.mjs';

// `npm run check`: what to run before a commit. Lint, types, unit tests, and the other tests that were changed since `main`.
const parts = new Parts();
const changed = changedSpecs();

await parts.do('install', ensureInstalled);
await Promise.all([
  parts.do('lint', () => runBeside('npm', ['run', '--silent', 'lint'])),
  parts.do('types', () => runBeside('npm', ['run', '--silent', 'typecheck'])),
  parts.do('unit tests', () => runBeside(...vitest('--project', 'unit'))),
]);
if (changed.length > 0) {
  if (changed.some((path) => /^test\/(?:process|browser)\//.test(path)))
    await parts.do('build', ensureBuilt);
  await parts.do('changed tests', () => run(...vitest(...changed)));
}
parts.end();

/** Those of test/, committed or not. */
function changedSpecs() {
  const names = [
    ...git('diff', '--name-only', mergeBase()),
    ...git('ls-files', '--others', '--exclude-standard'),
  ];
  return [...new Set(names)].filter(
    (name) =>
      /^test\/.*\.spec\.ts$/.test(name) && existsSync(`${PROJECT}${name}`),
  );
}

/** Where this branch left `main`; on `main` itself the last commit that is elsewhere, too. */
function mergeBase() {
  for (const main of ['origin/main', 'main'])
    try {
      return git('merge-base', 'HEAD', main)[0];
    } catch {
      // There is no such branch here.
    }
  return 'HEAD';
}

function git(...args) {
  return execFileSync('git', args, {
    cwd: PROJECT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
    .split('\n')
    .filter((line) => line !== '');
}
