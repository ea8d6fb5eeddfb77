import { Command } from 'commander';
import { KeyRotationService } from '../keys/key-rotation.service.js';
import { KeysService, type Retirement } from '../keys/keys.service.js';
import { generateEncryptionKey } from '../security/generate-encryption-key.js';
import { OperatorError } from '../startup/exit-codes.js';
import { toStderr, toStdout } from '../startup/report.js';
import { progressBar } from './progress-bar.js';
import { withServices } from './with-services.js';

const ROLES = {
  encrypting: 'şifreliyor',
  decrypting: 'yalnızca çözüyor',
  missing: 'ENCRYPTION_KEY içinde yok',
};

export function keysCommand(): Command {
  const keys = new Command('keys').description('şifreleme anahtarları');
  keys
    .command('generate')
    .description('yeni bir ENCRYPTION_KEY üretir')
    .action(() => toStdout(generateEncryptionKey()));
  keys
    .command('status')
    .description('her anahtarın kaç kaydı koruduğunu gösterir')
    .action(() =>
      withServices(async (services) => showStatus(services.get(KeysService))),
    );
  keys
    .command('verify')
    .description('bütün kayıtları çözerek denetler')
    .action(() =>
      withServices(async (services) => verify(services.get(KeysService))),
    );
  keys
    .command('rotate')
    .description('bütün kayıtları ilk anahtarla yeniden şifreler')
    .option('--dry-run', 'yalnızca sayar, hiçbir şeyi değiştirmez', false)
    .action(({ dryRun }: { dryRun: boolean }) =>
      withServices(async (services) =>
        rotate(services.get(KeyRotationService), dryRun),
      ),
    );
  keys
    .command('retire')
    .description('artık hiçbir kaydın gerektirmediği anahtarı emekli eder')
    .argument('<KID>', 'anahtarın kimliği (keys status)')
    .action((kid: string) =>
      withServices(async (services) =>
        explain(kid, await services.get(KeysService).retire(kid)),
      ),
    );
  keys
    .command('adopt')
    .description(
      'eski uygulamanın sonradan yazdığı anahtarları müşterilerine bağlar',
    )
    .action(() =>
      withServices(async (services) => adopt(services.get(KeysService))),
    );
  return keys;
}

async function showStatus(service: KeysService): Promise<void> {
  const { keys, unbound } = await service.status();
  toStdout(['KID', 'DURUM', 'KAYIT'].join('\t'));
  for (const { kid, role, rows } of keys)
    toStdout([kid, ROLES[role], rows].join('\t'));
  if (unbound > 0) toStdout(`Müşterisine bağlanmamış: ${unbound} (keys adopt)`);
}

async function verify(service: KeysService): Promise<void> {
  const { ok, faults } = await service.verify();
  toStdout(`ok: ${ok}`);
  for (const { column, state, ids } of faults)
    toStdout(`${column} ${state}: ${ids.length} (id: ${ids.join(', ')})`);
  if (faults.length > 0) throw new OperatorError('Okunamayan kayıtlar var.');
}

async function rotate(
  service: KeyRotationService,
  dryRun: boolean,
): Promise<void> {
  const report = await service.rotate({ dryRun, onProgress: progressBar() });
  toStdout(JSON.stringify(report));
  if (report.failed > 0)
    throw new OperatorError(
      'Bazı kayıtlar okunamadı ve eski hâliyle bırakıldı: keys verify',
    );
}

async function adopt(service: KeysService): Promise<void> {
  const { adopted, refused } = await service.adopt();
  toStdout(
    `Bağlandı: ${adopted.length}${adopted.length > 0 ? ` (id: ${adopted.join(', ')})` : ''}`,
  );
  if (refused.length > 0)
    throw new OperatorError(
      `Bağlanamadı: ${refused.length} (id: ${refused.join(', ')})`,
    );
}

function explain(kid: string, result: Retirement): void {
  if (result.done)
    toStderr(`${kid} emekli edildi; ENCRYPTION_KEY içinden çıkarabilirsiniz.`);
  else if (result.reason === 'in-use')
    throw new OperatorError(
      `${kid} emekli edilemez: ${result.rows} kayıt bu anahtarı gerektiriyor (keys rotate)`,
    );
  else if (result.reason === 'encrypting')
    throw new OperatorError(`${kid} emekli edilemez: şifreleyen anahtar bu`);
  else throw new OperatorError('Böyle bir anahtar bilinmiyor');
}
