import { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import { prepareEnvironment } from '../startup/first-run.js';
import { prepareDatabase } from '../startup/prepare-database.js';
import { toStdout } from '../startup/report.js';

export function databaseCommand(): Command {
  const database = new Command('db').description('veritabanı');
  database
    .command('migrate')
    .description('veritabanını bu sürüme getirir')
    .action(async () => {
      await prepareDatabase(
        loadConfig(await prepareEnvironment(toStdout)),
        toStdout,
      );
      toStdout('Veritabanı güncel.');
    });
  return database;
}
