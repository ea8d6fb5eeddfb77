import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TransactionRunner } from '../database/transaction-runner.js';
import { CHAIN_START, entryMac, headSeal, isSameMac } from './audit-chain.js';
import { AuditLog } from './audit-log.service.js';
import { AuditRepository } from './audit.repository.js';

const BATCH_SIZE = 1_000;

export type AuditVerdict =
  | { whole: true; entries: number }
  /** `firstBad`: id of the first entry that is changed, moved, added or missing; for a changed end, the first id behind it. */
  | { whole: false; firstBad: number };

/** Walks the whole chain and finds the first place where it was tampered with. */
@Injectable()
export class AuditVerifier {
  constructor(
    private readonly entries: AuditRepository,
    private readonly log: AuditLog,
    private readonly transactions: TransactionRunner,
  ) {}

  /** In the writer lane, so that no entry comes in between the chain and its head. */
  verify(): Promise<AuditVerdict> {
    return this.transactions.run((manager) => this.walk(manager));
  }

  /** @param manager of a transaction that keeps others from writing meanwhile. */
  async walk(manager: EntityManager): Promise<AuditVerdict> {
    const key = await this.log.key();
    let lastMac = CHAIN_START;
    let count = 0;
    let batch = await this.entries.findAfter(
      Number.MIN_SAFE_INTEGER,
      BATCH_SIZE,
      manager,
    );
    while (batch.length > 0) {
      for (const entry of batch) {
        count += 1;
        const intact =
          entry.id === count &&
          isSameMac(entry.mac, entryMac(key, entry, lastMac));
        if (!intact) return { whole: false, firstBad: count };
        lastMac = entry.mac;
      }
      batch = await this.entries.findAfter(count, BATCH_SIZE, manager);
    }
    const head = await this.entries.findHead(manager);
    const fits =
      head !== null &&
      head.entries === count &&
      head.lastMac === lastMac &&
      isSameMac(head.seal, headSeal(key, head));
    return fits
      ? { whole: true, entries: count }
      : { whole: false, firstBad: count + 1 };
  }
}
