import { AuditVerifier } from '../audit/audit-verifier.service.js';
import { OperatorError } from '../startup/exit-codes.js';
import { toStdout } from '../startup/report.js';
import { withServices } from './with-services.js';

export function verify(): Promise<void> {
  return withServices(async (services) => {
    const verdict = await services.get(AuditVerifier).verify();
    if (!verdict.whole)
      throw new OperatorError(
        `Denetim kaydı bozulmuş: ilk bozuk kayıt ${verdict.firstBad}`,
      );
    toStdout(`Denetim kaydı sağlam: ${verdict.entries} kayıt`);
  });
}
