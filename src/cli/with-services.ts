import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { asOperator } from '../audit/audit-context.js';
import { AppModule } from '../app.module.js';
import type { AppConfig } from '../config/app-config.js';
import { loadConfig } from '../config/load-config.js';
import { prepareEnvironment } from '../startup/first-run.js';
import { prepareDatabase } from '../startup/prepare-database.js';
import { toStderr } from '../startup/report.js';

type Work = (services: INestApplicationContext) => Promise<void>;

/** Runs a command's work on the migrated database, with the services that the server uses. Progress goes to stderr. */
export async function withServices(work: Work): Promise<void> {
  await withServicesOf(loadConfig(await prepareEnvironment(toStderr)), work);
}

/** The same for a configuration that has been read already. */
export async function withServicesOf(
  config: AppConfig,
  work: Work,
): Promise<void> {
  await prepareDatabase(config, toStderr);
  const services = await NestFactory.createApplicationContext(
    AppModule.forRoot(config),
    { logger: false, abortOnError: false },
  );
  try {
    await asOperator(() => work(services));
  } finally {
    await services.close();
  }
}
