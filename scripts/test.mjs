import { ensureBuilt } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ensureLibreOffice } from './lib/libreoffice.mjs';
import { Parts } from './lib/parts.mjs';
import { run, runBeside } from './lib/run.mjs';
import { vitest } from './lib/vitest.mjs';

// `npm test`: everything, from a fresh clone. `npm test -- <vitest arguments>` runs some of the tests only.
const some = process.argv.slice(2);
const parts = new Parts();

await parts.do('install', ensureInstalled);
await parts.do('build', ensureBuilt);
await parts.do('Chromium', () => {
  process.env.CHROMIUM_PATH = ensureChromium();
});
await parts.do('LibreOffice', () => {
  process.env.SOFFICE_PATH = ensureLibreOffice();
});
if (some.length > 0) await parts.do('tests', () => run(...vitest(...some)));
else {
  await Promise.all([
    parts.do('lint', () => runBeside('npm', ['run', '--silent', 'lint'])),
    parts.do('types', () => runBeside('npm', ['run', '--silent', 'typecheck'])),
    parts.do('unit tests', () => runBeside(...vitest('--project', 'unit'))),
  ]);
  for (const project of ['integration', 'e2e', 'process', 'browser'])
    await parts.do(`${project} tests`, () =>
      run(...vitest('--project', project)),
    );
}
parts.end();
