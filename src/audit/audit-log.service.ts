import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TransactionRunner } from '../database/transaction-runner.js';
import { formatUtc } from '../database/utc-date.transformer.js';
import { SecretBox } from '../security/secret-box.js';
import type { AuditEvent } from './audit-actions.js';
import { entryMac, headSeal } from './audit-chain.js';
import type { AuditEntry } from './audit-entry.entity.js';
import { auditContext } from './audit-context.js';
import { openAuditKey } from './audit-key.js';
import { AuditRepository } from './audit.repository.js';

type NotedEntry = Omit<AuditEntry, 'id' | 'mac'>;

/**
 * Puts changes on record, in the transaction of the change: what cannot be recorded does not happen.
 * The works of a group note what they do, and what those that stand have noted is appended to the chain at once.
 */
@Injectable()
export class AuditLog {
  #key: Buffer | undefined;
  readonly #noted = new WeakMap<EntityManager, NotedEntry[]>();

  constructor(
    private readonly entries: AuditRepository,
    private readonly secrets: SecretBox,
    private readonly transactions: TransactionRunner,
  ) {
    transactions.beforeCommit((manager, works) =>
      this.#append(
        manager,
        works.flatMap((work) => this.#noted.get(work) ?? []),
      ),
    );
  }

  /** @param manager the change's own. */
  record(manager: EntityManager, event: AuditEvent): Promise<void> {
    return this.recordAll(manager, [event]);
  }

  /** The same for many changes of one transaction, in their order. */
  async recordAll(
    manager: EntityManager,
    events: readonly AuditEvent[],
  ): Promise<void> {
    if (!this.transactions.isRunning(manager))
      throw new Error('nothing is put on record outside of its transaction');
    const at = formatUtc(new Date());
    const noted = events.map(({ action, target, fields = [] }) => ({
      ...auditContext(),
      at,
      action,
      target: target ?? null,
      fields: fields.join(','),
    }));
    this.#noted.set(manager, [...(this.#noted.get(manager) ?? []), ...noted]);
  }

  /** The chain's key, 32 bytes. */
  async key(): Promise<Buffer> {
    this.#key ??= openAuditKey(await this.entries.getKeyOrFail(), this.secrets);
    return this.#key;
  }

  async #append(
    manager: EntityManager,
    noted: readonly NotedEntry[],
  ): Promise<void> {
    if (noted.length === 0) return;
    const key = await this.key();
    const head = await this.entries.findHead(manager);
    if (head === null) throw new Error('the audit chain has lost its head');
    const next = { entries: head.entries, lastMac: head.lastMac };
    const entries = noted.map((one): AuditEntry => {
      const entry = { ...one, id: next.entries + 1 };
      const mac = entryMac(key, entry, next.lastMac);
      Object.assign(next, { entries: entry.id, lastMac: mac });
      return { ...entry, mac };
    });
    await this.entries.append(manager, entries, {
      ...next,
      seal: headSeal(key, next),
    });
  }
}
