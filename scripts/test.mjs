import { ensureBuilt } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ensureLibreOffice } from './lib/libreoffice.mjs';
import { run, say } from './lib/run.mjs';

// `npm test`: everything, from a fresh clone. `npm test -- <vitest arguments>` runs some of the tests only.
const VITEST = 'node_modules/vitest/vitest.mjs';
const some = process.argv.slice(2);
const timings = [];

function part(name, work) {
  say(`\n── ${name}`);
  const start = Date.now();
  const code = work() ?? 0;
  timings.push(
    `${name}: ${((Date.now() - start) / 1000).toFixed(0)} s${code === 0 ? '' : ' – FAILED'}`,
  );
  return code;
}

/** The build is there already, so that no part builds again while another runs. */
function vitest(...args) {
  return run(process.execPath, [VITEST, 'run', ...args], {
    SKIP_BUILD: '1',
    CHROMIUM_PATH: chromium,
    SOFFICE_PATH: soffice,
  });
}

let chromium = '';
let soffice = '';
part('install', ensureInstalled);
part('build', ensureBuilt);
part('Chromium', () => void (chromium = ensureChromium()));
part('LibreOffice', () => void (soffice = ensureLibreOffice()));

const codes =
  some.length > 0
    ? [part('tests', () => vitest(...some))]
    : [
        part('lint', () => run('npm', ['run', '--silent', 'lint'])),
        part('types', () => run('npm', ['run', '--silent', 'typecheck'])),
        ...['unit', 'integration', 'e2e', 'browser'].map((project) =>
          part(`${project} tests`, () => vitest('--project', project)),
        ),
      ];

say(`\n${timings.join('\n')}`);
process.exit(codes.every((code) => code === 0) ? 0 : 1);
