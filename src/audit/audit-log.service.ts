import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatUtc } from '../database/utc-date.transformer.js';
import { SecretBox } from '../security/secret-box.js';
import type { AuditEvent } from './audit-actions.js';
import { entryMac, headSeal } from './audit-chain.js';
import type { AuditEntry } from './audit-entry.entity.js';
import { auditContext } from './audit-context.js';
import { openAuditKey } from './audit-key.js';
import { AuditRepository } from './audit.repository.js';

/** Puts changes on record, in the transaction of the change: what cannot be recorded does not happen. */
@Injectable()
export class AuditLog {
  #key: Buffer | undefined;

  constructor(
    private readonly entries: AuditRepository,
    private readonly secrets: SecretBox,
  ) {}

  /** @param manager the change's own. */
  record(manager: EntityManager, event: AuditEvent): Promise<void> {
    return this.recordAll(manager, [event]);
  }

  /** The same for many changes of one transaction, in their order. */
  async recordAll(
    manager: EntityManager,
    events: readonly AuditEvent[],
  ): Promise<void> {
    const key = await this.key();
    const head = await this.entries.findHead(manager);
    if (head === null) throw new Error('the audit chain has lost its head');
    const at = formatUtc(new Date());
    const next = { entries: head.entries, lastMac: head.lastMac };
    const entries: AuditEntry[] = [];
    for (const { action, target, fields = [] } of events) {
      const entry = {
        ...auditContext(),
        id: next.entries + 1,
        at,
        action,
        target: target ?? null,
        fields: fields.join(','),
      };
      const mac = entryMac(key, entry, next.lastMac);
      entries.push({ ...entry, mac });
      Object.assign(next, { entries: entry.id, lastMac: mac });
    }
    await this.entries.append(manager, entries, {
      ...next,
      seal: headSeal(key, next),
    });
  }

  /** The chain's key, 32 bytes. */
  async key(): Promise<Buffer> {
    this.#key ??= openAuditKey(await this.entries.getKeyOrFail(), this.secrets);
    return this.#key;
  }
}
