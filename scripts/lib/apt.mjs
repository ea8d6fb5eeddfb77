import { existsSync } from 'node:fs';
import { giveUp, run, say } from './run.mjs';

const ONE_AFTER_THE_OTHER = ['-o', 'DPkg::Lock::Timeout=120'];

/** Installs Debian packages where we may (root on Debian); elsewhere says what to install and gives up. */
export function aptInstall(packages, purpose) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    giveUp(
      `${purpose}: missing. Install it and try again. On Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}`,
    );
  }
  say(`Installing ${packages.join(', ')} (${purpose}) …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], env);
  const code = run(
    'apt-get',
    [
      ...ONE_AFTER_THE_OTHER,
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      ...packages,
    ],
    env,
  );
  if (code !== 0)
    giveUp(`${purpose}: apt-get could not install ${packages.join(' ')}`);
}
