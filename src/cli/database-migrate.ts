import { loadConfig } from '../config/load-config.js';
import { prepareEnvironment } from '../startup/first-run.js';
import { prepareDatabase } from '../startup/prepare-database.js';
import { toStdout } from '../startup/report.js';

export async function migrate(): Promise<void> {
  const config = loadConfig(await prepareEnvironment(toStdout));
  await prepareDatabase(config, toStdout);
  toStdout('Veritabanı güncel.');
}
