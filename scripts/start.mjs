import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';

// `npm start`: from a fresh clone to a running service.
ensureInstalled();
ensureBuilt();
await import('../dist/main.js');
