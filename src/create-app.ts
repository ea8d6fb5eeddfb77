import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { HttpAdapter } from './http/http-adapter.js';
import { connectionLimit } from './config/connection-limit.js';
import type { AppConfig } from './config/app-config.js';
import { configureHttp } from './configure-http.js';
import { configurePages } from './configure-pages.js';
import { PinoLoggerService } from './logging/logger.js';

/** The application as it is run and as the end-to-end tests run it, not listening yet. */
export async function createApp(
  config: AppConfig,
  logger: Logger,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(config, config.roles),
    new HttpAdapter(connectionLimit()),
    {
      bodyParser: false,
      abortOnError: false,
      logger: new PinoLoggerService(logger),
    },
  );
  configureHttp(app, logger);
  if (config.roles.includes('web')) configurePages(app);
  return app;
}
