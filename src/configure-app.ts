import type { NestExpressApplication } from '@nestjs/platform-express';
import express, {
  type NextFunction,
  type Request,
  type Response,
} from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { BODY_LIMIT_BYTES, jsonBody } from './common/http/json-body.js';
import { answerBrokenRequests } from './common/http/broken-requests.js';
import { requestContext } from './common/http/request-context.js';
import { AppConfig } from './config/app-config.js';
import { serveAssets } from './dashboard/assets/serve-assets.js';
import { setUpViews } from './dashboard/views/set-up-views.js';
import { closeWhenDraining } from './health/close-when-draining.js';
import { HealthService } from './health/health.service.js';
import { requestLog } from './logging/request-log.js';
import { serveApiDocs } from './openapi/serve-api-docs.js';

const YEAR_SECONDS = 31_536_000;

/** Everything about HTTP that `main.ts` and the end-to-end tests share. The order of the lines is the order of the layers. */
export function configureApp(
  app: NestExpressApplication,
  logger: Logger,
): NestExpressApplication {
  const config = app.get(AppConfig);
  app
    .disable('x-powered-by')
    .set('case sensitive routing', true)
    .set('trust proxy', config.trustedProxyHops);
  app.set('query parser', 'simple').set('etag', false);
  app.use(
    closeWhenDraining(app.get(HealthService)),
    securityHeaders(config),
    requestContext(config.defaultLocale),
    requestLog(logger),
  );
  setUpViews(app, config);
  serveAssets(app);
  app.use(noStore);
  app.use('/api', jsonBody());
  app.use(
    /^\/(?!api(?:\/|$))/,
    express.urlencoded({
      extended: false,
      limit: BODY_LIMIT_BYTES,
      inflate: false,
      parameterLimit: 100,
    }),
  );
  serveApiDocs(app);
  // Ends with 0 rather than by the signal, as if something had gone wrong.
  app.enableShutdownHooks(['SIGTERM', 'SIGINT', 'SIGHUP'], {
    useProcessExit: true,
  });
  answerBrokenRequests(app.getHttpServer());
  return app;
}

/** Everything but assets: answers hold tenants' data, and pages change with the session. */
function noStore(
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  response.set('Cache-Control', 'no-store');
  next();
}

function securityHeaders({ publicUrl }: AppConfig) {
  const https = publicUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        // Tabler's form controls are drawn by data: images in its style sheet.
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: https && {
      maxAge: YEAR_SECONDS,
      includeSubDomains: false,
    },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}
