import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnavailableError } from '../common/errors/common.errors.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { formatUtc } from '../database/utc-date.transformer.js';
import type { AuditEvent } from './audit-actions.js';
import { entryMac, headSeal } from './audit-chain.js';
import type { AuditEntry } from './audit-entry.entity.js';
import { auditContext, SYSTEM } from './audit-context.js';
import { AuditTrail } from './audit-trail.js';
import { AuditRepository } from './audit.repository.js';

const RETRY_AFTER_SECONDS = 30;

type NotedEntry = Omit<AuditEntry, 'id' | 'mac'>;

/**
 * Puts changes on record, in the transaction of the change: what cannot be recorded does not happen.
 * A trail that has been tampered with so that it cannot be gone on with refuses changes until somebody has looked at it.
 * The works of a group note what they do, and what those that stand have noted is appended to the chain at once.
 */
@Injectable()
export class AuditLog {
  readonly #logger = new Logger(AuditLog.name);
  readonly #noted = new WeakMap<EntityManager, NotedEntry[]>();

  constructor(
    private readonly entries: AuditRepository,
    private readonly trail: AuditTrail,
    private readonly transactions: TransactionRunner,
  ) {
    // Before any other does so: who has the end of the chain goes first with all that is derived.
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

  async #append(
    manager: EntityManager,
    noted: readonly NotedEntry[],
  ): Promise<void> {
    if (noted.length === 0) return;
    const trail = await this.trail.read(manager);
    if (trail.state === 'damaged') {
      this.#logger.error({ audit: trail.fault });
      throw new UnavailableError(RETRY_AFTER_SECONDS);
    }
    const { key, ...next } =
      trail.state === 'whole'
        ? trail
        : await this.trail.beginAnew(manager, trail.lastId);
    const all = trail.state === 'whole' ? noted : [restarted(), ...noted];
    const entries = all.map((one): AuditEntry => {
      const entry = { ...one, id: next.entries + 1 };
      const mac = entryMac(key, entry, next.lastMac);
      Object.assign(next, { entries: entry.id, lastMac: mac });
      return { ...entry, mac };
    });
    await this.entries.append(manager, entries, {
      entries: next.entries,
      lastMac: next.lastMac,
      seal: headSeal(key, next),
    });
  }
}

/** The first entry of a chain that follows nothing, though it is not the database's first one. */
function restarted(): NotedEntry {
  return {
    ...SYSTEM,
    at: formatUtc(new Date()),
    action: 'audit.restarted',
    target: null,
    fields: '',
  };
}
