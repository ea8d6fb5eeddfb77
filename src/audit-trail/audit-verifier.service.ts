import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Breather } from '../common/breather.js';
import { CHAIN_START, entryMac, isSameMac } from '../audit/audit-chain.js';
import { type ChainEnd, type Trail, AuditTrail } from '../audit/audit-trail.js';
import { AuditRepository } from '../audit/audit.repository.js';

const BATCH_SIZE = 1_000;

/**
 * `entry`: it has been changed, moved, added or removed. `head`, `key`: the end of the chain or its key has been. `absent`:
 * both have been taken away. `restarted`: they had been, and recording has gone on in another chain. `unexpected`: the entry
 * is not the one that is kept elsewhere.
 */
export type AuditFault =
  'entry' | 'head' | 'key' | 'absent' | 'restarted' | 'unexpected';

export type AuditVerdict =
  | { whole: true; entries: number }
  /** `firstBad`: id of the first entry that cannot be trusted, for a changed end, the first id behind it; of the first of the other chain. */
  | { whole: false; fault: AuditFault; firstBad: number };

/** An entry as it was, kept where nobody who can write to the database can: what `head` has given. */
export interface ExpectedEntry {
  id: number;
  mac: string;
}

interface Walk {
  /** The entry that the walked chain begins behind. */
  from: number;
  /** The last one that is walked. */
  to: number;
}

/**
 * Walks the whole chain and finds the first place where it was tampered with. It reads where nobody has to wait for it:
 * the head first, and then what stands before it, which does not change any more while others append.
 */
@Injectable()
export class AuditVerifier {
  constructor(
    private readonly entries: AuditRepository,
    private readonly trail: AuditTrail,
  ) {}

  /** @param manager of a transaction that has tampered; without one, what is committed. */
  async verify(
    expected?: ExpectedEntry,
    manager?: EntityManager,
  ): Promise<AuditVerdict> {
    const trail = await this.trail.read(manager);
    if (trail.state === 'absent') return bad('absent', 1);
    if (trail.key === undefined) return bad('key', 1);
    const restart = await this.#restart(trail.key, manager);
    const from = (restart ?? 1) - 1;
    const to = trail.state === 'whole' ? trail.entries : trail.lastId;
    const walked = await this.#walk(trail.key, { from, to }, manager);
    if ('firstBad' in walked) return bad('entry', walked.firstBad);
    const fault = faultOf(trail, walked);
    if (fault !== undefined) return fault;
    if (restart !== undefined) return bad('restarted', restart);
    return (await this.#isAsExpected(expected, manager))
      ? { whole: true, entries: walked.entries }
      : bad('unexpected', expected?.id ?? 0);
  }

  /** What to keep elsewhere; undefined when the end of the trail has been tampered with. */
  async head(): Promise<ExpectedEntry | undefined> {
    const trail = await this.trail.read();
    return trail.state === 'whole'
      ? { id: trail.entries, mac: trail.lastMac }
      : undefined;
  }

  /** @returns the id of the entry that this key's chain begins with, where recording had to begin anew. */
  async #restart(
    key: Buffer,
    manager?: EntityManager,
  ): Promise<number | undefined> {
    const last = await this.entries.findLastOf('audit.restarted', manager);
    const begins =
      last !== null && isSameMac(last.mac, entryMac(key, last, CHAIN_START));
    return begins ? last.id : undefined;
  }

  async #walk(
    key: Buffer,
    { from, to }: Walk,
    manager?: EntityManager,
  ): Promise<ChainEnd | { firstBad: number }> {
    const breather = new Breather();
    let count = from;
    let lastMac = CHAIN_START;
    // Ids below the first are none of ours.
    let after = from === 0 ? Number.MIN_SAFE_INTEGER : from;
    while (after < to) {
      const batch = await this.entries.findAfter(after, BATCH_SIZE, manager);
      for (const entry of batch.filter(({ id }) => id <= to)) {
        count += 1;
        const intact =
          entry.id === count &&
          isSameMac(entry.mac, entryMac(key, entry, lastMac));
        if (!intact) return { firstBad: count };
        lastMac = entry.mac;
        await breather.pause();
      }
      if (batch.length < BATCH_SIZE) break;
      after = count;
    }
    return { entries: count, lastMac };
  }

  async #isAsExpected(
    expected: ExpectedEntry | undefined,
    manager?: EntityManager,
  ): Promise<boolean> {
    if (expected === undefined) return true;
    if (expected.id === 0) return expected.mac === CHAIN_START;
    const entry = await this.entries.findById(expected.id, manager);
    return entry !== null && isSameMac(entry.mac, expected.mac);
  }
}

/** What is wrong with the end of a chain whose entries hold together. */
function faultOf(trail: Trail, walked: ChainEnd): AuditVerdict | undefined {
  const behind = walked.entries + 1;
  if (trail.state === 'whole')
    return walked.entries === trail.entries && walked.lastMac === trail.lastMac
      ? undefined
      : bad('entry', behind);
  if (trail.state === 'damaged' && trail.fault === 'entries')
    return bad('entry', behind);
  return bad('head', behind);
}

function bad(fault: AuditFault, firstBad: number): AuditVerdict {
  return { whole: false, fault, firstBad };
}
