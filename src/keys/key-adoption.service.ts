import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { Breather } from '../common/breather.js';
import { recordKeyCheck } from './key-checks.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { KeyRing } from '../security/key-ring.js';
import { SecretBox } from '../security/secret-box.js';
import {
  type EncryptedRow,
  EncryptedRowsRepository,
} from './encrypted-rows.repository.js';
import { type Owner, OwnershipEvidence } from './ownership-evidence.js';

export interface RefusedRow {
  id: number;
  /** What the token belongs to, as other rows show; undefined when no key opens it, or it has changed meanwhile. */
  belongsTo?: Owner;
}

export interface AdoptionReport {
  adopted: number[];
  refused: RefusedRow[];
}

/** Binds secrets that the old application wrote after the adoption, which nothing ties to their tenants. */
@Injectable()
export class KeyAdoptionService {
  constructor(
    private readonly rows: EncryptedRowsRepository,
    private readonly transactions: TransactionRunner,
    private readonly secrets: SecretBox,
    private readonly ring: KeyRing,
    private readonly audit: AuditLog,
  ) {}

  /**
   * All is read before the first row is bound: what this very run adopts is no evidence against what it adopts later.
   * What another row shows to be its own was copied or exchanged, and adopting it would give one tenant another's key.
   */
  async adopt(): Promise<AdoptionReport> {
    const evidence = new OwnershipEvidence(this.secrets);
    const strays: EncryptedRow[] = [];
    const breather = new Breather();
    for await (const row of this.rows.each()) {
      const state = this.secrets.stateOf(row, row.column.place(row.id));
      if (state === 'unreadable' && row.column.owner !== undefined)
        strays.push(row);
      evidence.add(row, state);
      await breather.pause();
    }
    for (const token of await this.rows.findOtherTokens())
      evidence.addOther(token);
    const report: AdoptionReport = { adopted: [], refused: [] };
    for (const row of strays) {
      const belongsTo = await evidence.ownerOf(row, breather);
      const done = belongsTo === undefined && (await this.#adopt(row));
      if (done) report.adopted.push(row.id);
      else report.refused.push({ id: row.id, belongsTo });
    }
    return report;
  }

  async #adopt(row: EncryptedRow): Promise<boolean> {
    const { place, owner } = row.column;
    const sealed = this.secrets.adopt(row.token, place(row.id));
    if (sealed === undefined) return false;
    return this.transactions.run(
      async (manager) => {
        if (!(await this.rows.replace(manager, row, sealed))) return false;
        // One that only decrypts, or has been retired, is needed from now on.
        for (const ring of this.ring.each())
          if (ring.primaryKid === sealed.kid)
            await recordKeyCheck(manager, ring);
        await this.audit.record(manager, {
          action: 'keys.adopted',
          target: owner?.(row.id),
        });
        return true;
      },
      { lock: 'encryptionKeys' },
    );
  }
}
