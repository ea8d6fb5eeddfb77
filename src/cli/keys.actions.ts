import { KeyAdoptionService } from '../keys/key-adoption.service.js';
import {
  KeyRotationService,
  type RotationReport,
} from '../keys/key-rotation.service.js';
import { KeysService, type Retirement } from '../keys/keys.service.js';
import { OperatorError } from '../startup/exit-codes.js';
import { toStderr, toStdout } from '../startup/report.js';
import { progressBar } from './progress-bar.js';
import { assertServersKnow, assertServersUseOther } from './server-keys.js';
import { READ_ONLY, withServices } from './with-services.js';

const ROLES = {
  encrypting: 'şifreliyor',
  decrypting: 'yalnızca çözüyor',
  retired: 'emekli: ENCRYPTION_KEY içinden çıkarabilirsiniz',
  missing: 'ENCRYPTION_KEY içinde yok',
  unknown: 'bilinmiyor: bozuk kayıt (keys verify)',
};

export function status(): Promise<void> {
  return withServices(async (services) => {
    const { keys, unbound } = await services.get(KeysService).status();
    toStdout(['KID', 'DURUM', 'KAYIT'].join('\t'));
    for (const { kid, role, rows } of keys)
      toStdout([kid, ROLES[role], rows].join('\t'));
    for (const { kid } of keys.filter(({ auditKey }) => auditKey))
      toStdout(`Denetim kaydının anahtarı: ${kid}`);
    if (unbound > 0)
      toStdout(`Müşterisine bağlanmamış: ${unbound} (keys adopt)`);
  }, READ_ONLY);
}

export function verify(): Promise<void> {
  return withServices(async (services) => {
    const { ok, faults } = await services.get(KeysService).verify();
    toStdout(`ok: ${ok}`);
    for (const { column, state, ids } of faults)
      toStdout(`${column} ${state}: ${ids.length} (id: ${ids.join(', ')})`);
    if (faults.length > 0) throw new OperatorError('Okunamayan kayıtlar var.');
  }, READ_ONLY);
}

export function rotate(dryRun: boolean): Promise<void> {
  return withServices(
    async (services) => {
      const report = await services
        .get(KeyRotationService)
        .rotate({ dryRun, onProgress: progressBar() });
      toStdout(sentenceOf(report, dryRun));
      if (report.failed > 0)
        throw new OperatorError(
          'Bazı kayıtlar okunamadı ve eski hâliyle bırakıldı: keys verify',
        );
    },
    {
      newKey: true,
      readOnly: dryRun,
      ...(!dryRun && { check: assertServersKnow }),
    },
  );
}

export function retire(kid: string): Promise<void> {
  return withServices(
    async (services) =>
      explain(kid, await services.get(KeysService).retire(kid)),
    { check: (facts, config) => assertServersUseOther(kid, facts, config) },
  );
}

export function adopt(): Promise<void> {
  return withServices(async (services) => {
    const { adopted, refused } = await services.get(KeyAdoptionService).adopt();
    toStdout(
      `Bağlandı: ${adopted.length}${adopted.length > 0 ? ` (id: ${adopted.join(', ')})` : ''}`,
    );
    if (refused.length === 0) return;
    const ids = refused.map(({ id }) => id).join(', ');
    const owners = refused.flatMap(({ id, belongsTo }) =>
      belongsTo === undefined
        ? []
        : [
            belongsTo === 'other'
              ? `id ${id}: buradaki şifreli değer bir müşterinin anahtarı değil, sistemin kendi verilerinden biri; doğru anahtarı panelden ya da API ile yeniden girin`
              : `id ${id}: buradaki şifreli anahtar ${belongsTo} numaralı müşterinin görünüyor; doğru anahtarı panelden ya da API ile yeniden girin`,
          ],
    );
    throw new OperatorError(
      [`Bağlanamadı: ${refused.length} (id: ${ids})`, ...owners].join('\n'),
    );
  });
}

function sentenceOf(
  { processed, succeeded, failed, skipped }: RotationReport,
  dryRun: boolean,
): string {
  const counts = `${processed} kayda bakıldı; ${skipped} kayıtta yapılacak bir şey yok, ${failed} kayıt okunamadı`;
  return dryRun
    ? `Deneme: hiçbir şey değiştirilmedi. ${counts}, ${succeeded} kayıt ilk anahtarla yeniden şifrelenecek.`
    : `Anahtar değişimi bitti. ${counts}, ${succeeded} kayıt ilk anahtarla yeniden şifrelendi.`;
}

function explain(kid: string, result: Retirement): void {
  if (result.done)
    toStderr(`${kid} emekli edildi; ENCRYPTION_KEY içinden çıkarabilirsiniz.`);
  else if (result.reason === 'in-use')
    throw new OperatorError(
      `${kid} emekli edilemez: ${result.rows} kayıt bu anahtarı gerektiriyor (keys rotate)`,
    );
  else if (result.reason === 'unbound')
    throw new OperatorError(
      `${kid} emekli edilemez: müşterisine bağlanmamış ${result.rows} kayıt bu anahtarı gerektiriyor (keys adopt, ardından keys rotate)`,
    );
  else if (result.reason === 'audit-key')
    throw new OperatorError(
      `${kid} emekli edilemez: denetim kaydının anahtarı bununla şifreli (keys rotate)`,
    );
  else if (result.reason === 'encrypting')
    throw new OperatorError(`${kid} emekli edilemez: şifreleyen anahtar bu`);
  else throw new OperatorError('Böyle bir anahtar bilinmiyor');
}
