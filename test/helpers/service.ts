import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { projectPath } from './paths.js';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;

/** Keys for tests alone: they have never protected anything. */
export const TEST_ENCRYPTION_KEY = `${Buffer.alloc(32, 'test-key').toString('base64url')}=`;
export const TEST_SECRET_KEY = 'only-for-tests-only-for-tests-only-for-tests';

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The environment of a child: what Node needs, and what the test says; nothing of the caller's. */
export function childEnv(env: Record<string, string>): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env };
}

/**
 * Runs `node dist/<script>` to its end.
 * @param during what happens to it meanwhile.
 */
export async function run(
  script: 'main.js' | 'cli.js',
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
  stdin = '',
  during?: (child: ChildProcess) => Promise<void>,
): Promise<Outcome> {
  const child = spawn(
    process.execPath,
    [projectPath(`dist/${script}`), ...args],
    { cwd, env: childEnv(env) },
  );
  const output = collect(child);
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  const closed = once(child, 'close') as Promise<[number | null]>;
  await during?.(child);
  const [code] = await closed;
  return { code, ...output };
}

/** The built service as a process of its own, on 127.0.0.1 and a free port. */
export class Service {
  private constructor(
    readonly process: ChildProcess,
    readonly url: string,
    readonly output: { stdout: string; stderr: string },
    readonly cwd: string,
    readonly env: Record<string, string>,
  ) {}

  /**
   * @param mounts shell commands that run before it in a mount namespace of its own; they need root.
   * @throws Error with what the service printed when it is not healthy in time.
   */
  static async start(
    cwd: string,
    env: Record<string, string> = {},
    { maxOpenFiles, mounts }: { maxOpenFiles?: number; mounts?: string } = {},
  ): Promise<Service> {
    const port = env.PORT ?? String(await freePort());
    const settings = {
      ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
      SECRET_KEY: TEST_SECRET_KEY,
      ...env,
      PORT: port,
    };
    const main = [process.execPath, projectPath('dist/main.js')];
    const [command = '', ...args] =
      maxOpenFiles === undefined
        ? inNamespace(main, mounts)
        : ['sh', '-c', `ulimit -n ${maxOpenFiles} && exec "$0" "$@"`, ...main];
    const child = spawn(command, args, {
      cwd,
      env: childEnv(settings),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const service = new Service(
      child,
      `http://127.0.0.1:${port}`,
      collect(child),
      cwd,
      settings,
    );
    await service.untilHealthy();
    return service;
  }

  /** Runs an operator command on this service's database. */
  cli(args: readonly string[], stdin = ''): Promise<Outcome> {
    return run('cli.js', args, this.cwd, this.env, stdin);
  }

  /** Starts an operator command without waiting for it. */
  spawnCli(args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [projectPath('dist/cli.js'), ...args], {
      cwd: this.cwd,
      env: childEnv(this.env),
      stdio: 'ignore',
    });
  }

  async token(
    scopes = 'tenants:read,tenants:write',
    ...options: string[]
  ): Promise<string> {
    const { code, stdout, stderr } = await this.cli([
      'token',
      'create',
      '--name',
      'test',
      '--scopes',
      scopes,
      ...options,
    ]);
    if (code !== 0) throw new Error(`token create: ${stderr}`);
    return stdout.trim();
  }

  /** Ends the process and waits until it is gone. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null)
      return this.process.exitCode;
    const closed = once(this.process, 'close');
    this.process.kill(signal);
    const late = setTimeout(
      () => this.process.kill('SIGKILL'),
      STOP_TIMEOUT_MS,
    );
    const [code] = (await closed) as [number | null];
    clearTimeout(late);
    return code;
  }

  private async untilHealthy(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline && this.process.exitCode === null) {
      const answer = await fetch(`${this.url}/health`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(50);
    }
    await this.stop('SIGKILL');
    throw new Error(
      `the service did not start:\n${this.output.stdout}\n${this.output.stderr}`,
    );
  }
}

/** What a mount in a namespace of its own takes. */
export const MAY_MOUNT = process.getuid?.() === 0;

/** A command behind shell commands that mount what nobody else sees. */
export function inNamespace(command: string[], mounts?: string): string[] {
  if (mounts === undefined) return command;
  const script = `mount --make-rprivate /\n${mounts}\nexec "$0" "$@"`;
  return ['unshare', '--mount', 'sh', '-e', '-c', script, ...command];
}

function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' };
  child.stdout
    ?.setEncoding('utf8')
    .on('data', (text: string) => (output.stdout += text));
  child.stderr
    ?.setEncoding('utf8')
    .on('data', (text: string) => (output.stderr += text));
  return output;
}
