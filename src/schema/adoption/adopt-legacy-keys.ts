import type { EntityManager } from 'typeorm';
import type { SecretBox } from '../../security/secret-box.js';
import { openAiKeyPlace, Tenant } from '../../tenants/tenant.entity.js';

export interface AdoptionReport {
  readable: number;
  /** Ids of the tenants whose key does not decrypt. */
  unreadable: number[];
  /** The keys that the readable ones need. */
  kids: Set<string>;
}

/**
 * Binds the encrypted keys of the old application to their tenants.
 * A key that does not decrypt is kept as it is, unbound, and shows as `unreadable`.
 */
export async function adoptLegacyKeys(
  manager: EntityManager,
  secrets: SecretBox,
): Promise<AdoptionReport> {
  const tenants = await manager.find(Tenant, {
    select: { id: true, openaiApiKey: true },
  });
  const report: AdoptionReport = {
    readable: 0,
    unreadable: [],
    kids: new Set(),
  };
  for (const { id, openaiApiKey } of tenants) {
    const sealed = secrets.adopt(openaiApiKey, openAiKeyPlace(id));
    if (sealed === undefined) {
      if (openaiApiKey !== '') report.unreadable.push(id);
      continue;
    }
    report.readable += 1;
    report.kids.add(sealed.kid);
    await manager.update(
      Tenant,
      { id },
      {
        openaiApiKey: sealed.token,
        openaiApiKeyKid: sealed.kid,
        openaiApiKeyMac: sealed.mac,
        openaiApiKeyHint: sealed.hint,
      },
    );
  }
  return report;
}
