import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, PROJECT, run, say } from './run.mjs';

const STAMP = join(PROJECT, 'dist/.built-from');
const SETTINGS = [
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
  'scripts/bundle.mjs',
];

/** Builds `dist` unless it was built from these very sources. */
export function ensureBuilt() {
  const sources = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return;
  say('Building …');
  if (run('npm', ['run', '--silent', 'build']) !== 0)
    giveUp('The build failed; its output is above.');
  writeFileSync(STAMP, sources);
}

function fingerprint() {
  const files = readdirSync(join(PROJECT, 'src'), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src', name));
  const hash = createHash('sha256');
  for (const file of [...SETTINGS, ...files.toSorted()])
    hash.update(`${file}\0`).update(readFileSync(join(PROJECT, file)));
  return hash.digest('hex');
}
