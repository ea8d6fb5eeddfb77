import { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import { prepareEnvironment } from '../startup/first-run.js';
import { prepareDatabase } from '../startup/prepare-database.js';
import { toStdout } from '../startup/report.js';
import { backUp, restore } from './database-copies.js';

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
  database
    .command('backup')
    .description('çalışan sistemin veritabanını yeni bir dosyaya kopyalar')
    .argument('<DOSYA>', 'yedeğin yazılacağı yeni dosya')
    .action(backUp);
  database
    .command('restore')
    .description('yedeği DATABASE_URL yerine koyar; orada veritabanı olmamalı')
    .argument('<DOSYA>', 'db backup ile yazılmış yedek')
    .action(restore);
  return database;
}
