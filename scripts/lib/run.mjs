import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a command in the project's folder, its output going where ours goes (stdout to stderr). Gives its exit code. */
export function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: PROJECT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 2, 2],
  });
  if (error) console.error(`${command}: ${error.message}`);
  return status ?? 1;
}

/** The same beside other commands: its output comes in one piece when it has ended, to stderr. */
export function runBeside(command, args, env = {}) {
  const child = spawn(command, args, {
    cwd: PROJECT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => output.push(data));
  return new Promise((resolve) => {
    child.on('error', (error) => output.push(`${command}: ${error.message}\n`));
    child.on('close', (code) => {
      process.stderr.write(
        Buffer.concat(output.map((one) => Buffer.from(one))),
      );
      resolve(code ?? 1);
    });
  });
}

/** A progress line. On stderr, because the stdout of a command that follows may be read by a program. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Ends the process with a message that says what to do. */
export function giveUp(message) {
  say(message);
  process.exit(1);
}
