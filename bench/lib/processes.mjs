import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const MAX_START_MS = 60_000;
const MAX_STOP_MS = 20_000;

/** All that this bench has started and that still runs. However it ends, nothing of it stays behind. */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

function watched(child) {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a server and waits until `path` answers. */
export async function startServer({ args, cwd, env, log, path }) {
  const port = await freePort();
  const begun = performance.now();
  const child = watched(
    spawn(process.execPath, args, {
      cwd,
      env: { PATH: process.env.PATH, ...env, PORT: String(port) },
      stdio: ['ignore', log ?? 'ignore', 'inherit'],
    }),
  );
  const url = `http://127.0.0.1:${port}`;
  while (!(await isUp(url + path))) {
    if (child.exitCode !== null) throw new Error(`${args.at(-1)} ended`);
    if (performance.now() - begun > MAX_START_MS)
      throw new Error(`${args.at(-1)} did not start`);
    await sleep(5);
  }
  return {
    url,
    pid: child.pid,
    readyMs: performance.now() - begun,
    stop: () => stop(child),
  };
}

async function isUp(url) {
  const answer = await fetch(url).catch(() => undefined);
  await answer?.arrayBuffer();
  return answer?.ok === true;
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), MAX_STOP_MS);
  await ended;
  clearTimeout(late);
}

/** Starts a script that takes messages. */
export function startWorker(script) {
  return watched(
    fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
  );
}

/**
 * Gives a script an order and waits for its one answer.
 * @throws Error when it ends without.
 */
export async function answerOfWorker(script, order) {
  const worker = startWorker(script);
  const answer = nextMessage(worker);
  worker.send(order);
  const message = await answer;
  if (running.has(worker)) await once(worker, 'exit');
  return message;
}

/** @throws Error when the worker ends instead. */
export function nextMessage(worker) {
  return new Promise((resolve, reject) => {
    const ended = (code) =>
      reject(new Error(`${worker.spawnargs.at(-1)} ended with ${code}`));
    // Not its exit: a message may still be on its way then.
    worker.once('close', ended);
    worker.once('message', (message) => {
      worker.off('close', ended);
      resolve(message);
    });
  });
}
