import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What is measured: the build, as it runs in production. */
export const MAIN = fileURLToPath(
  new URL('../../dist/main.js', import.meta.url),
);
export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** Keys for benchmarks alone. */
export const SECRETS = {
  ENCRYPTION_KEY: `${Buffer.alloc(32, 'benchmark').toString('base64url')}=`,
  SECRET_KEY: 'only-for-benchmarks-only-for-benchmarks',
};
export const ADMIN = {
  username: 'bench',
  password: 'kapı-önünde-ıhlamur-bench',
};

/** Runs an operator command in a folder. */
export function cli(folder, args, { input = '', env = {} } = {}) {
  return execFileSync(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      ...SECRETS,
      ...env,
    },
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  }).trim();
}
