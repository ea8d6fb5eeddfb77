import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../app.module.js';
import type { AppConfig } from '../config/app-config.js';
import { configureApp } from '../configure-app.js';
import { createLogger, PinoLoggerService } from '../logging/logger.js';
import { Maintenance } from '../maintenance/maintenance.js';
import { OperatorError } from './exit-codes.js';
import {
  chooseFirstAdmin,
  createFirstAdmin,
  type FirstAdmin,
} from './first-admin.js';
import { prepareDatabase } from './prepare-database.js';
import { type Report, toStdout } from './report.js';
import { exitOnTime } from './process-end.js';

const LISTEN_FAULTS: Record<string, string> = {
  EADDRINUSE: 'adres kullanımda; başka bir PORT verin ya da o programı kapatın',
  EADDRNOTAVAIL: 'bu adres bu makinede yok; HOST değişkenini düzeltin',
  ENOTFOUND: 'sunucu adı çözülemedi; HOST değişkenini düzeltin',
  EACCES: 'bu PORT için yetki yok; 1024 veya üstünü kullanın',
};

/** Checks keys and database, migrates, makes the first admin where there is none, and listens. */
export async function startApplication(config: AppConfig): Promise<void> {
  let firstAdmin: FirstAdmin | undefined;
  const logger = createLogger(config.logLevel);
  const report: Report = config.production
    ? (line) => logger.info(line)
    : toStdout;
  await prepareDatabase(config, report, ({ admins }) => {
    firstAdmin = chooseFirstAdmin(config, admins);
  });
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(config),
    {
      bodyParser: false,
      abortOnError: false,
      logger: new PinoLoggerService(logger),
    },
  );
  configureApp(app, logger);
  if (firstAdmin !== undefined) await createFirstAdmin(app, firstAdmin, report);
  exitOnTime();
  await listen(app, config);
  app.get(Maintenance).start();
  report(`${config.appName} hazır: ${config.publicUrl}`);
}

async function listen(
  app: NestExpressApplication,
  { host, port }: AppConfig,
): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    const code =
      error instanceof Error && 'code' in error ? String(error.code) : '';
    throw LISTEN_FAULTS[code]
      ? new OperatorError(`${host}:${port} dinlenemedi: ${LISTEN_FAULTS[code]}`)
      : error;
  }
}
