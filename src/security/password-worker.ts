import { compareSync, getRounds, hashSync } from 'bcryptjs';

export type PasswordJob =
  | { kind: 'hash'; password: string; cost: number }
  | {
      kind: 'verify';
      /** The forms of one password: tried in turn until one matches. */
      passwords: readonly string[];
      hash: string;
      /** A cheaper hash takes as long as one of this cost. */
      leastCost: number;
    };

/** Runs in a worker thread, where blocking is harmless. */
export default function work(job: PasswordJob): string | boolean {
  if (job.kind === 'hash') return hashSync(job.password, job.cost);
  return job.passwords.some((password) =>
    verify(password, job.hash, job.leastCost),
  );
}

function verify(password: string, hash: string, leastCost: number): boolean {
  const matches = compareSync(password, hash);
  for (const cost of missingCosts(getRounds(hash), leastCost))
    hashSync(password, cost);
  return matches;
}

/** Each cost takes twice as long as the one before: 2^c and 2^c + 2^(c+1) + … + 2^(least-1) make 2^least. */
function missingCosts(cost: number, least: number): number[] {
  return Array.from(
    { length: Math.max(0, least - cost) },
    (_, index) => cost + index,
  );
}
