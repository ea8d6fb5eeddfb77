import { ensureBuilt } from './build.mjs';
import { ensureInstalled, isPruned } from './install.mjs';

/** Installs and builds, unless the folder was made to run alone. */
export function ensureReady() {
  if (isPruned()) return;
  ensureInstalled();
  ensureBuilt();
}
