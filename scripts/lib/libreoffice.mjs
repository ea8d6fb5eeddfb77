import { existsSync } from 'node:fs';
import { aptInstall } from './apt.mjs';

const PLACES = ['/usr/bin/soffice', '/usr/bin/libreoffice'];

/** Gives the path of a LibreOffice that opens the exported CSV, installing Debian's Calc (without windows) where there is none. */
export function ensureLibreOffice() {
  const found = installedLibreOffice();
  if (found) return found;
  aptInstall(
    ['libreoffice-calc-nogui'],
    'LibreOffice Calc, which opens the exported CSV in the tests (SOFFICE_PATH names another)',
  );
  return installedLibreOffice();
}

function installedLibreOffice() {
  return [process.env.SOFFICE_PATH ?? '', ...PLACES].find(
    (path) => path !== '' && existsSync(path),
  );
}
