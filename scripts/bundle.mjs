import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { PROJECT } from './lib/run.mjs';

// The second half of the build. Nest and what it stands on are about 2,000 small ES modules, and loading them one by one
// takes most of a start; in a few files they load in a fraction of it (docs/adr/0011-bundled-entries.md).
// What `nest build` has compiled stays beside them: the password worker is started from there.

const DIST = join(PROJECT, 'dist');

/** All else in node_modules is left alone: native code, CommonJS that looks for files beside itself, worker threads. */
const BUNDLED = [
  /^[./]/,
  /^@nestjs\/(?:common|config|core|mapped-types|platform-express|swagger|terminus|typeorm)(?:\/|$)/,
  /^(?:class-transformer|class-validator|dotenv|dotenv-expand|es-toolkit|libphonenumber-js|rxjs|validator)(?:\/|$)/,
];
/** Has to have run before the first decorator, and only an import comes before all of a chunk. */
const RUNS_FIRST = 'reflect-metadata';
const REQUIRED = '\0required:';

/**
 * CommonJS is required. To import it, Node first reads through its text, and through that of all that it exports again,
 * for the names of its exports: of TypeORM that is some hundred files, and a fifth of a start's CPU time.
 */
const requireCommonJs = {
  name: 'require-commonjs',
  resolveId(id, importer, { kind }) {
    if (BUNDLED.some((part) => part.test(id))) return null;
    const asItIs =
      kind === 'require-call' ||
      id === RUNS_FIRST ||
      isBuiltin(id) ||
      !isCommonJs(id);
    if (kind === 'import-statement' && !isBuiltin(id) && !pathOf(id))
      throw new Error(`${id} is not to be found from dist: bundle it`);
    return asItIs ? { id, external: true } : { id: REQUIRED + id };
  },
  load(id) {
    return id.startsWith(REQUIRED)
      ? `module.exports = require(${JSON.stringify(id.slice(REQUIRED.length))});`
      : null;
  },
};

/** Nest looks at run time whether class-validator is there, with a `require` of its own that would load a second copy. */
const OWN_REQUIRE = 'const require = createRequire(import.meta.url);';
const oneClassValidator = {
  name: 'one-class-validator',
  transform: {
    filter: { id: /@nestjs\/mapped-types\/.*type-helpers/ },
    handler(code) {
      if (!code.includes(OWN_REQUIRE))
        throw new Error(`@nestjs/mapped-types no longer has: ${OWN_REQUIRE}`);
      return code.replace(OWN_REQUIRE, '');
    },
  },
};

const bundle = await rolldown({
  input: {
    main: join(DIST, 'main.js'),
    cli: join(DIST, 'cli.js'),
  },
  platform: 'node',
  plugins: [requireCommonJs, oneClassValidator],
  // What is called for its errors alone counts as unused: `decodeURIComponent(path)` in a `try`, and so the check with it.
  treeshake: false,
  logLevel: 'warn',
});
rmSync(join(DIST, 'bundle'), { recursive: true, force: true });
await bundle.write({
  dir: DIST,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'bundle/[name]-[hash].js',
  // Names of classes are names of migrations, error codes' classes and schemas.
  keepNames: true,
  // Also removes what counts as unused.
  minify: false,
  // V8 keeps the text of what it runs in memory.
  comments: false,
});
await bundle.close();

/** Where an entry finds a package; a nested one, which only another package finds, is none. */
function pathOf(id) {
  try {
    return createRequire(join(DIST, 'main.js')).resolve(id);
  } catch {
    return undefined;
  }
}

/** @returns false as well for what is not installed or has nothing for `require`: that stays an import. */
function isCommonJs(id) {
  const file = pathOf(id);
  if (file === undefined) return false;
  if (extname(file) !== '.js') return extname(file) === '.cjs';
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  const { type } = JSON.parse(readFileSync(join(folder, 'package.json')));
  return type !== 'module';
}
