import { once } from 'node:events';
import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import type { AppConfig } from '../config/app-config.js';
import { recordEncryptingKey } from '../keys/key-checks.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { createApp } from '../create-app.js';
import { Maintenance } from '../maintenance/maintenance.js';
import { KeyRing } from '../security/key-ring.js';
import { OperatorError } from './exit-codes.js';
import { createFirstAdmin, type FirstAdmin } from './first-admin.js';
import { exitOnTime } from './process-end.js';
import type { Report } from './report.js';

const LISTEN_FAULTS: Record<string, string> = {
  EADDRINUSE: 'adres kullanımda; başka bir PORT verin ya da o programı kapatın',
  EADDRNOTAVAIL: 'bu adres bu makinede yok; HOST değişkenini düzeltin',
  ENOTFOUND: 'sunucu adı çözülemedi; HOST değişkenini düzeltin',
  EACCES: 'bu PORT için yetki yok; 1024 veya üstünü kullanın',
};

interface RunOptions {
  logger: Logger;
  report: Report;
  /** To be made, where there is none. */
  firstAdmin: FirstAdmin | undefined;
}

/** Runs the application on a database that has been prepared, and listens. */
export async function runApplication(
  config: AppConfig,
  { logger, report, firstAdmin }: RunOptions,
): Promise<void> {
  const app = await createApp(config, logger);
  // What this process writes from now on is under this key.
  await app
    .get(TransactionRunner)
    .run((manager) => recordEncryptingKey(manager, app.get(KeyRing)), {
      lock: 'encryptionKeys',
    });
  if (firstAdmin !== undefined) await createFirstAdmin(app, firstAdmin, report);
  await listen(app, config);
  exitOnTime();
  // Ends with 0 rather than by the signal, as if something had gone wrong.
  app.enableShutdownHooks(['SIGTERM', 'SIGINT', 'SIGHUP'], {
    useProcessExit: true,
  });
  if (config.roles.includes('worker')) app.get(Maintenance).start();
  report(`${config.appName} hazır: ${config.publicUrl}`);
}

async function listen(
  app: NestExpressApplication,
  { host, port }: AppConfig,
): Promise<void> {
  try {
    // Nest's own `listen` would log the error, too, with its stack.
    await app.init();
    const server: Server = app.getHttpServer();
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    await app.close();
    const code =
      error instanceof Error && 'code' in error ? String(error.code) : '';
    throw LISTEN_FAULTS[code]
      ? new OperatorError(`${host}:${port} dinlenemedi: ${LISTEN_FAULTS[code]}`)
      : error;
  }
}
