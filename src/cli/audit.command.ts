import { Command } from 'commander';

const actions = () => import('./audit.actions.js');

export function auditCommand(): Command {
  const audit = new Command('audit').description('denetim kaydı');
  audit
    .command('verify')
    .description('denetim kaydının bütünlüğünü denetler')
    .action(async () => (await actions()).verify());
  return audit;
}
