import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_START_MS = 60_000;

export async function freePort() {
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
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env, PORT: String(port) },
    stdio: ['ignore', log ?? 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${args[0]} ended at once`);
    if (performance.now() - begun > LONGEST_START_MS)
      throw new Error(`${args[0]} did not start`);
    const answer = await fetch(url + path).catch(() => undefined);
    if (answer?.ok) break;
    await sleep(5);
  }
  return {
    url,
    pid: child.pid,
    readyMs: performance.now() - begun,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
