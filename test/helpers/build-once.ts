import { execFileSync } from 'node:child_process';
import { projectPath } from './paths.js';

/** Tests start the built service: it has to be of this source. */
export default function buildOnce(): void {
  if (process.env.SKIP_BUILD === undefined) {
    execFileSync('npm', ['run', '--silent', 'build'], {
      cwd: projectPath('.'),
      stdio: 'inherit',
    });
  }
}
