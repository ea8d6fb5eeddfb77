import type { AppConfig } from '../config/app-config.js';
import { createLogger } from '../logging/logger.js';
import type { FirstAdmin } from './first-admin.js';
import { prepareDatabase } from './prepare-database.js';
import { type Report, toStdout } from './report.js';

/**
 * Checks keys and database, migrates, and runs the application.
 * Its code is loaded only when all fits: that takes most of the start, and a wrong key is reported before.
 */
export async function startApplication(
  config: AppConfig,
  onListening: () => void,
): Promise<void> {
  let firstAdmin: FirstAdmin | undefined;
  const logger = createLogger(config.logLevel);
  const report: Report = config.production
    ? (line) => logger.info(line)
    : toStdout;
  await prepareDatabase(config, report, async (facts) => {
    const { chooseFirstAdmin } = await import('./first-admin.js');
    firstAdmin = chooseFirstAdmin(config, facts);
  });
  const { runApplication } = await import('./run-application.js');
  await runApplication(config, { logger, report, firstAdmin });
  onListening();
}
