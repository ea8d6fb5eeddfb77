import { Command, Option } from 'commander';
import type { ExportOptions } from './tenants-export.js';

export function tenantsCommand(): Command {
  const tenants = new Command('tenants').description('müşteriler');
  tenants
    .command('import')
    .description(
      'NDJSON dosyasındaki müşterileri ekler; eklenemeyen satırları stdout üzerinden bildirir',
    )
    .argument('<DOSYA>', 'her satırında bir müşteri olan dosya; stdin için -')
    .option('--dry-run', 'yalnızca denetler, hiçbir şey eklemez', false)
    .action(async (file: string, { dryRun }: { dryRun: boolean }) =>
      (await import('./tenants-import.js')).importTenants(file, dryRun),
    );
  tenants
    .command('export')
    .description('bütün müşterileri gizli bilgiler olmadan verir')
    .addOption(
      new Option('--format <biçim>', 'dosya biçimi')
        .choices(['ndjson', 'csv'])
        .default('ndjson'),
    )
    .addOption(
      new Option('--delimiter <ayırıcı>', 'CSV hücrelerinin arasındaki ayırıcı')
        .choices(['comma', 'semicolon'])
        .default('comma'),
    )
    .option('--output <DOSYA>', 'yazılacak yeni dosya; verilmezse stdout')
    .action(async (options: ExportOptions) =>
      (await import('./tenants-export.js')).exportTenants(options),
    );
  return tenants;
}
