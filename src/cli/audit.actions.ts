import type {
  AuditFault,
  ExpectedEntry,
} from '../audit-trail/audit-verifier.service.js';
import { AuditVerifier } from '../audit-trail/audit-verifier.service.js';
import { OperatorError } from '../startup/exit-codes.js';
import { toStdout } from '../startup/report.js';
import { READ_ONLY, withServices } from './with-services.js';

const FAULTS: Record<AuditFault, (firstBad: number) => string> = {
  entry: (id) => `ilk bozuk kayıt ${id}`,
  head: (id) =>
    `kaydın sonu silinmiş ya da değiştirilmiş; ${id - 1} numaraya kadarki kayıtlar sağlam, sonrasının silinip silinmediği bilinemez`,
  key: () =>
    'kaydın anahtarı silinmiş ya da değiştirilmiş, hiçbir kayıt doğrulanamıyor',
  absent: () => 'kaydın anahtarı ve sonu silinmiş, hiçbir kayıt doğrulanamıyor',
  restarted: (id) =>
    `kaydın anahtarı ve sonu silinmiş, ${id} numaralı kayıtla yeniden başlanmış; öncesine güvenilemez, sonrası sağlam`,
  unexpected: (id) => `${id} numaralı kayıt yok ya da beklenen kayıt değil`,
};

export function verify(expected?: ExpectedEntry): Promise<void> {
  return withServices(async (services) => {
    const verdict = await services.get(AuditVerifier).verify(expected);
    if (!verdict.whole)
      throw new OperatorError(
        `Denetim kaydı bozulmuş: ${FAULTS[verdict.fault](verdict.firstBad)}`,
      );
    toStdout(`Denetim kaydı sağlam: ${verdict.entries} kayıt`);
  }, READ_ONLY);
}

export function head(): Promise<void> {
  return withServices(async (services) => {
    const last = await services.get(AuditVerifier).head();
    if (last === undefined)
      throw new OperatorError('Denetim kaydı bozulmuş: audit verify');
    toStdout(`${last.id}:${last.mac}`);
  }, READ_ONLY);
}
