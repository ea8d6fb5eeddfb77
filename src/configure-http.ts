import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { auditRequests } from './audit/audit-context.js';
import { AppConfig } from './config/app-config.js';
import { closeWhenDraining } from './health/close-when-draining.js';
import { HealthService } from './health/health.service.js';
import { oneApiSpelling } from './http/api-paths.js';
import { BodyBudget } from './http/body-budget.js';
import { answerBrokenRequests } from './http/broken-requests.js';
import { jsonBody } from './http/json-body.js';
import { requestContext, singleHost } from './http/request-context.js';
import { requestLog } from './http/request-log.js';
import { securityHeaders } from './http/security-headers.js';
import { isImportUpload } from './imports/import-upload.js';

/** Everything about HTTP that all roles need. The order of the lines is the order of the layers. */
export function configureHttp(
  app: NestExpressApplication,
  logger: Logger,
): void {
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
    noStore,
  );
  app.use('/api', jsonBody(app.get(BodyBudget), isImportUpload));
  answerBrokenRequests(app.getHttpServer());
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
