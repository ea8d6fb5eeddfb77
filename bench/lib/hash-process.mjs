import { hashSync } from 'bcryptjs';

// How long one hash takes, in a fresh process that does nothing else: bcryptjs at the cost of the service's workers
// (src/security/password-worker.ts). The first one compiles the code and does not count.
const COST = 12;

process.once('message', ({ hashes }) => {
  hashSync('iyi bir parola', COST);
  const times = Array.from({ length: hashes }, () => {
    const begun = performance.now();
    hashSync('iyi bir parola', COST);
    return performance.now() - begun;
  });
  process.send(times, () => process.disconnect());
});
