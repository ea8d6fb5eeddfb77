import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';

// `npm run cli -- <command>`: the operator's commands, from a fresh clone too.
ensureInstalled();
ensureBuilt();
await import('../dist/cli.js');
