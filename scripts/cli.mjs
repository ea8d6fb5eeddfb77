import { ensureReady } from './lib/ready.mjs';

// `npm run cli -- <command>`: the operator's commands, from a fresh clone too.
ensureReady();
await import('../dist/cli.js');
