import { compareSync, getRounds, hashSync } from 'bcryptjs';

export type PasswordJob =
  | { kind: 'hash'; password: string; cost: number }
  | {
      kind: 'verify';
      password: string;
      hash: string;
      /** A cheaper hash takes as long as one of this cost. */
      leastCost: number;
    };

/** Runs in a worker thread, where blocking is harmless. */
export default function work(job: PasswordJob): string | boolean {
  const { password } = job;
  if (job.kind === 'hash') return hashSync(password, job.cost);
  const matches = compareSync(password, job.hash);
  for (const cost of missingCosts(getRounds(job.hash), job.leastCost))
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
