import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppConfig } from './config/app-config.js';
import { BodyBudget } from './http/body-budget.js';
import { formBody } from './http/form-body.js';
import { serveApiDocs } from './openapi/serve-api-docs.js';
import { serveAssets } from './pages/kit/assets/serve-assets.js';
import { setUpViews } from './pages/kit/views/set-up-views.js';

/** What pages need besides: templates, assets, forms. */
export function configurePages(app: NestExpressApplication): void {
  setUpViews(app, app.get(AppConfig));
  serveAssets(app);
  // Matches no characters: what a mount path takes has to end at a slash, or Express passes the layer by.
  app.use(/^(?!\/api(?:\/|$))/, formBody(app.get(BodyBudget)));
  serveApiDocs(app);
}
