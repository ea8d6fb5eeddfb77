import { Command } from 'commander';
import { generateEncryptionKey } from '../security/generate-encryption-key.js';
import { toStdout } from '../startup/report.js';

const actions = () => import('./keys.actions.js');

export function keysCommand(): Command {
  const keys = new Command('keys').description('şifreleme anahtarları');
  keys
    .command('generate')
    .description('yeni bir ENCRYPTION_KEY üretir')
    .action(() => toStdout(generateEncryptionKey()));
  keys
    .command('status')
    .description('her anahtarın kaç kaydı koruduğunu gösterir')
    .action(async () => (await actions()).status());
  keys
    .command('verify')
    .description('bütün kayıtları çözerek denetler')
    .action(async () => (await actions()).verify());
  keys
    .command('rotate')
    .description('bütün kayıtları ilk anahtarla yeniden şifreler')
    .option('--dry-run', 'yalnızca sayar, hiçbir şeyi değiştirmez', false)
    .action(async ({ dryRun }: { dryRun: boolean }) =>
      (await actions()).rotate(dryRun),
    );
  keys
    .command('retire')
    .description('artık hiçbir kaydın gerektirmediği anahtarı emekli eder')
    .argument('<KID>', 'anahtarın kimliği (keys status)')
    .action(async (kid: string) => (await actions()).retire(kid));
  keys
    .command('adopt')
    .description(
      'eski uygulamanın sonradan yazdığı anahtarları müşterilerine bağlar',
    )
    .action(async () => (await actions()).adopt());
  return keys;
}
