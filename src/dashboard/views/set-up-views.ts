import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import hbs from 'hbs';
import type { AppConfig } from '../../config/app-config.js';
import { VIEWS } from '../assets/assets.js';
import { helpers } from './helpers.js';

/** Handlebars pages: `views/<group>/<page>.hbs` inside `views/layouts/main.hbs`. */
export function setUpViews(
  app: NestExpressApplication,
  { appName, defaultLocale, publicUrl }: AppConfig,
): void {
  const engine = hbs.create();
  engine.registerPartials(join(VIEWS, 'partials'));
  for (const [name, helper] of Object.entries(helpers))
    engine.registerHelper(name, helper);
  app.engine('hbs', engine.__express.bind(engine));
  app.setBaseViewsDir(VIEWS);
  app.setViewEngine('hbs');
  app.set('view cache', true);
  app.set('view options', { layout: 'layouts/main' });
  app.setLocal('appName', appName);
  app.setLocal('locale', defaultLocale);
  app.setLocal('secureCookies', publicUrl.startsWith('https:'));
}
