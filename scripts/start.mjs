import { ensureReady } from './lib/ready.mjs';

// `npm start`: from a fresh clone to a running service.
ensureReady();
await import('../dist/main.js');
