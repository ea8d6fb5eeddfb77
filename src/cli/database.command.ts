import { Command } from 'commander';

const copies = () => import('./database-copies.js');

export function databaseCommand(): Command {
  const database = new Command('db').description('veritabanı');
  database
    .command('migrate')
    .description('veritabanını bu sürüme getirir')
    .action(async () => (await import('./database-migrate.js')).migrate());
  database
    .command('backup')
    .description('çalışan sistemin veritabanını yeni bir dosyaya kopyalar')
    .argument('<DOSYA>', 'yedeğin yazılacağı yeni dosya')
    .action(async (file: string) => (await copies()).backUp(file));
  database
    .command('restore')
    .description('yedeği DATABASE_URL yerine koyar; orada veritabanı olmamalı')
    .argument('<DOSYA>', 'db backup ile yazılmış yedek')
    .action(async (file: string) => (await copies()).restore(file));
  return database;
}
