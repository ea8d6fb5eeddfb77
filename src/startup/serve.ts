import { loadConfig } from '../config/load-config.js';
import { prepareEnvironment } from './first-run.js';
import { endWithoutSecrets } from './process-end.js';
import { toStdout } from './report.js';

/** Reads the configuration and starts the application with it. */
export async function serve(): Promise<void> {
  endWithoutSecrets();
  const config = loadConfig(await prepareEnvironment(toStdout));
  // Loading all the code takes most of the start: a bad configuration is reported before.
  const { startApplication } = await import('./start-application.js');
  await startApplication(config);
}
