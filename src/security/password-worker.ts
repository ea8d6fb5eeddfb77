import { compareSync, hashSync } from 'bcryptjs';

export type PasswordJob =
  | { kind: 'hash'; password: string; cost: number }
  | { kind: 'verify'; password: string; hash: string };

/** Runs in a worker thread, where blocking is harmless. */
export default function work(job: PasswordJob): string | boolean {
  return job.kind === 'hash'
    ? hashSync(job.password, job.cost)
    : compareSync(job.password, job.hash);
}
