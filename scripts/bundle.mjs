import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { PROJECT } from './lib/run.mjs';

// The second half of the build. Nest and what it stands on are about 2,000 small ES modules, and loading them one by one
// takes most of a start; in a few files they load in a fraction of it (docs/adr/0011-bundled-entries.md).
// What `nest build` has compiled stays beside them: the password worker is started from there.

const DIST = join(PROJECT, 'dist');

/** All else in node_modules is left alone: native code, CommonJS that looks for files beside itself, worker threads. */
const NEST =
  /^@nestjs\/(?:common|config|core|mapped-types|platform-express|swagger|terminus|typeorm)(?:\/|$)/;
const NEEDED_BY_NEST =
  /^(?:class-transformer|class-validator|es-toolkit|libphonenumber-js|rxjs|validator)(?:\/|$)/;
const OURS = /^[./]/;

const bundle = await rolldown({
  input: {
    main: join(DIST, 'main.js'),
    cli: join(DIST, 'cli.js'),
  },
  platform: 'node',
  external: (id) => ![OURS, NEST, NEEDED_BY_NEST].some((part) => part.test(id)),
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
});
await bundle.close();
