import { Command } from 'commander';

const actions = () => import('./admin.actions.js');

export function adminCommand(): Command {
  const admin = new Command('admin').description('yöneticiler');
  admin
    .command('create')
    .description('yönetici oluşturur; parola stdin üzerinden okunur')
    .requiredOption('--username <ad>', 'kullanıcı adı')
    .action(async ({ username }: { username: string }) =>
      (await actions()).create(username),
    );
  return admin;
}
