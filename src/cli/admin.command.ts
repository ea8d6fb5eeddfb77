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
  admin
    .command('set-password')
    .description(
      'yöneticiye yeni parola verir, oturumlarını ve beklemelerini bitirir; parola stdin üzerinden okunur',
    )
    .requiredOption('--username <ad>', 'kullanıcı adı')
    .action(async ({ username }: { username: string }) =>
      (await actions()).setPassword(username),
    );
  return admin;
}
