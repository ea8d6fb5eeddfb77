import { loadConfig } from '../config/load-config.js';
import { prepareEnvironment } from './first-run.js';
import { surviveLostReaders } from './output.js';
import { endWithoutSecrets } from './process-end.js';
import { toStdout } from './report.js';

/**
 * Reads the configuration and starts the application with it.
 * @param onListening called when the application ends by signals itself.
 */
export async function serve(onListening: () => void): Promise<void> {
  surviveLostReaders();
  endWithoutSecrets();
  const config = loadConfig(await prepareEnvironment(toStdout));
  // A bad configuration is reported before more code is loaded.
  const { startApplication } = await import('./start-application.js');
  await startApplication(config, onListening);
}
