import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { auditRequests } from './audit/audit-context.js';
import { oneApiSpelling } from './http/api-paths.js';
import { BodyBudget } from './http/body-budget.js';
import { formBody } from './http/form-body.js';
import { jsonBody } from './http/json-body.js';
import { answerBrokenRequests } from './http/broken-requests.js';
import { requestContext, singleHost } from './http/request-context.js';
import { securityHeaders } from './http/security-headers.js';
import { AppConfig } from './config/app-config.js';
import { serveAssets } from './pages/kit/assets/serve-assets.js';
import { setUpViews } from './pages/kit/views/set-up-views.js';
import { closeWhenDraining } from './health/close-when-draining.js';
import { HealthService } from './health/health.service.js';
import { requestLog } from './http/request-log.js';
import { serveApiDocs } from './openapi/serve-api-docs.js';
import { isImportUpload } from './imports/import-upload.js';

/** Everything about HTTP. The order of the lines is the order of the layers. */
export function configureApp(
  app: NestExpressApplication,
  logger: Logger,
): NestExpressApplication {
  const config = app.get(AppConfig);
  app.disable('x-powered-by').set('trust proxy', config.trustedProxyHops);
  // Nest has made the router already, so Express's setting 'case sensitive routing' would come too late.
  Object.assign(app.getHttpAdapter().getInstance().router, {
    caseSensitive: true,
  });
  app.set('query parser', 'simple').set('etag', false);
  app.use(
    closeWhenDraining(app.get(HealthService)),
    securityHeaders(config.publicUrl),
    requestContext(config.defaultLocale),
    requestLog(logger),
    singleHost,
    oneApiSpelling,
    auditRequests(),
  );
  setUpViews(app, config);
  serveAssets(app);
  app.use(noStore);
  const bodies = new BodyBudget();
  app.use('/api', jsonBody(bodies, isImportUpload));
  // Matches no characters: what a mount path takes has to end at a slash, or Express passes the layer by.
  app.use(/^(?!\/api(?:\/|$))/, formBody(bodies));
  serveApiDocs(app);
  answerBrokenRequests(app.getHttpServer());
  return app;
}

/** Everything but assets: answers hold tenants' data, and pages change with the session. */
function noStore(
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
