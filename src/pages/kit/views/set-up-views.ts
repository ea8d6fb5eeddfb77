import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import hbs from 'hbs';
import type { AppConfig } from '../../../config/app-config.js';
import { VIEWS } from '../assets/assets.js';
import { helpers } from './helpers.js';

type Engine = ReturnType<typeof hbs.create>;

/** Folders whose templates pages may use, as `{{> partials/field}}` and `{{#> layouts/main}}…{{/layouts/main}}`. */
const SHARED = ['layouts', 'partials'];

const NAMED_ICONS = /\bicon ['"]([\w-]+)['"]/g;

/** Handlebars pages: `views/<group>/<page>.hbs`, each a block of the layout that it names. */
export function setUpViews(
  app: NestExpressApplication,
  { appName, defaultLocale, publicUrl }: AppConfig,
): void {
  const engine = createEngine();
  app.engine('hbs', engine.__express.bind(engine));
  app.setBaseViewsDir(VIEWS);
  app.setViewEngine('hbs');
  app.set('view cache', true);
  app.set('view options', { layout: false });
  app.setLocal('appName', appName);
  app.setLocal('locale', defaultLocale);
  app.setLocal('secureCookies', publicUrl.startsWith('https:'));
}

function createEngine(): Engine {
  const engine = hbs.create();
  const { compile } = engine.handlebars;
  // A partial on a line of its own is else indented with it, and so is the text of every <textarea> in it.
  engine.handlebars.compile = (template, options) =>
    compile(template, { ...options, preventIndent: true });
  for (const [name, helper] of Object.entries(helpers))
    engine.registerHelper(name, helper);
  for (const folder of SHARED)
    for (const file of readdirSync(join(VIEWS, folder)))
      engine.registerPartial(
        `${folder}/${basename(file, '.hbs')}`,
        readFileSync(join(VIEWS, folder, file), 'utf8'),
      );
  keepTemplates(engine);
  return engine;
}

/** Nothing is read at the first request for a page, when no file may be left to open. */
function keepTemplates(engine: Engine): void {
  // Its types leave it out.
  const { cache } = engine as Engine & { cache: Record<string, unknown> };
  for (const { parentPath, name } of readdirSync(VIEWS, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!name.endsWith('.hbs')) continue;
    const file = join(parentPath, name);
    const text = readFileSync(file, 'utf8');
    cache[file] = engine.handlebars.compile(text);
    for (const [, icon = ''] of text.matchAll(NAMED_ICONS)) helpers.icon(icon);
  }
}
