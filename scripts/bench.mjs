import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';

// `npm run bench`: what the service costs, from a fresh clone too.
ensureInstalled();
ensureBuilt();
await import('../bench/run.mjs');
