import { existsSync } from 'node:fs';
import { aptInstall } from './apt.mjs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Gives the path of a Chromium for the browser tests, installing Debian's where there is none. */
export function ensureChromium() {
  const found = installedChromium();
  if (found) return found;
  aptInstall(
    ['chromium', 'fonts-dejavu-core'],
    'Chromium for the browser tests (CHROMIUM_PATH names another)',
  );
  return installedChromium();
}

function installedChromium() {
  return [process.env.CHROMIUM_PATH ?? '', ...PLACES].find(
    (path) => path !== '' && existsSync(path),
  );
}
