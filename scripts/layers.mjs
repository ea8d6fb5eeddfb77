import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

// What may import what. From top to bottom: a name may import those below it, never one above it or beside it.
// Why each stands where it does: docs/adr/0025-layers.md. `npm run layers` draws the picture.
const LAYERS = [
  ['main.ts', 'cli.ts'],
  ['cli'],
  ['startup'],
  ['create-app.ts'],
  ['configure-http.ts', 'configure-pages.ts', 'app.module.ts'],
  ['schema', 'fallback'],
  ['pages', 'openapi'],
  ['health'],
  ['keys', 'sign-in', 'audit-trail'],
  ['imports', 'tenant-auth'],
  ['tenants'],
  ['auth'],
  ['idempotency', 'jobs'],
  ['audit', 'maintenance'],
  ['http'],
  ['database'],
  ['security', 'logging'],
  ['config'],
  ['common'],
];

const SRC = resolve(import.meta.dirname, '../src');
const IMPORT = /(?:from|import\()\s*'(\.[^']+)'|^import '(\.[^']+)'/gm;

const levels = new Map(
  LAYERS.flatMap((names, level) => names.map((name) => [name, level])),
);
const arrows = sourcesIn(SRC).flatMap(arrowsOf);
const faults = arrows.flatMap(faultOf);

if (process.argv.includes('--check')) {
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
} else draw();

/** Specs may import anything. */
function sourcesIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourcesIn(path);
    return /(?<!\.spec)\.ts$/.test(name) ? [path] : [];
  });
}

function arrowsOf(file) {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(IMPORT)].map(([, from, bare]) => {
    const target = resolve(dirname(file), from ?? bare);
    return [file, target.replace(/\.js$/, '.ts')].map((path) =>
      relative(SRC, path),
    );
  });
}

function layerOf(path) {
  return path.split('/')[0];
}

function faultOf([file, target]) {
  const [above, below] = [layerOf(file), layerOf(target)];
  if (above === below) return [];
  const unknown = [above, below].find((name) => !levels.has(name));
  if (unknown !== undefined)
    return [`src/${file}: "${unknown}" has no layer in scripts/layers.mjs`];
  return levels.get(above) < levels.get(below)
    ? []
    : [`src/${file} imports src/${target}: ${above} may not import ${below}`];
}

function draw() {
  for (const names of LAYERS)
    for (const name of names) {
      const targets = new Set(
        arrows
          .filter(([file]) => layerOf(file) === name)
          .map(([, target]) => layerOf(target)),
      );
      targets.delete(name);
      const below = [...levels.keys()].filter((one) => targets.has(one));
      if (targets.size > 0 || name === 'common')
        console.log(`${name.padEnd(18)} → ${below.join(', ')}`);
    }
  console.log(`\n${faults.join('\n') || 'No arrow runs upward.'}`);
}
