import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../helpers/paths.js';

const run = promisify(execFile);

/** Takes all file descriptors, then hashes; gives them back, then hashes again. */
const SCRIPT = `
  import { closeSync, openSync } from 'node:fs';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { PasswordHasher } from '${projectPath('dist/security/password-hasher.js')}';

  const hasher = new PasswordHasher(4);
  const hashAll = async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () => hasher.hash('parola', 'token:a')));
    return tries.map(({ value, reason }) => value?.slice(0, 7) ?? reason.code);
  };
  await sleep(Number(process.argv[1]));
  const taken = [];
  try { for (;;) taken.push(openSync('/dev/null')); } catch {}
  const without = await hashAll();
  taken.forEach(closeSync);
  const again = await hashAll();
  console.log(JSON.stringify({ without, again }));
  await hasher.onApplicationShutdown();
`;

interface Outcome {
  without: string[];
  again: string[];
}

async function outcome(wait: number): Promise<Outcome> {
  const { stdout } = await run(
    'sh',
    [
      '-c',
      'ulimit -n 512; exec "$@"',
      'sh',
      process.execPath,
      '--input-type=module',
      '--eval',
      SCRIPT,
      String(wait),
    ],
    { timeout: 30_000 },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Outcome;
}

describe('Hashing without file descriptors', () => {
  it('goes on with the thread that was there before', async () => {
    const { without, again } = await outcome(1_000);
    expect(without).toEqual(Array.from({ length: 8 }, () => '$2b$04$'));
    expect(again).toEqual(without);
  });

  it('tells all to come back where no thread can start, and lives on', async () => {
    const { without, again } = await outcome(0);
    for (const one of without) expect(one).toMatch(/^UNAVAILABLE$|^\$2b\$04\$/);
    expect(again).toEqual(Array.from({ length: 8 }, () => '$2b$04$'));
  });
});
