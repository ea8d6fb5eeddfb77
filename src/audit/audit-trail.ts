import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SecretBox } from '../security/secret-box.js';
import { headSeal, isSameMac } from './audit-chain.js';
import type { AuditHead } from './audit-head.entity.js';
import { makeAuditKey, openAuditKey } from './audit-key.js';
import { AuditRepository } from './audit.repository.js';

export type ChainEnd = Pick<AuditHead, 'entries' | 'lastMac'>;

/** Where the trail can be gone on with: its key, and the end of the chain that bears the key's seal. */
export interface WholeTrail extends ChainEnd {
  state: 'whole';
  /** 32 bytes. */
  key: Buffer;
}

/** `key`: it is gone or cannot be opened. `head`: it is gone or not sealed by the key. `entries`: some are behind the head. */
export type TrailFault = 'key' | 'head' | 'entries';

/** What the table holds whatever became of its end. */
interface Remains {
  /** Id of the last entry; 0 when there is none. */
  lastId: number;
}

export type Trail = Remains &
  (
    | WholeTrail
    /** Neither key nor head: they are made with their tables, so somebody has taken them away. */
    | { state: 'absent' }
    | { state: 'damaged'; fault: TrailFault; key?: Buffer }
  );

/** The end of the audit trail, judged anew each time: other processes move it, and somebody may tamper with it. */
@Injectable()
export class AuditTrail {
  /** By what is stored of it, so that it is decrypted once. */
  #opened: { stored: string; key: Buffer } | undefined;

  constructor(
    private readonly entries: AuditRepository,
    private readonly secrets: SecretBox,
  ) {}

  /** @param manager of the change that goes on with it; without one, what is committed. */
  async read(manager?: EntityManager): Promise<Trail> {
    const { key: sealed, head, lastId } = await this.entries.findEnd(manager);
    if (sealed === null && head === null) return { state: 'absent', lastId };
    const key = sealed === null ? undefined : this.#open(sealed);
    if (key === undefined) return { state: 'damaged', fault: 'key', lastId };
    if (head === null || !isSameMac(head.seal, headSeal(key, head)))
      return { state: 'damaged', fault: 'head', key, lastId };
    if (lastId > head.entries)
      return { state: 'damaged', fault: 'entries', key, lastId };
    const { entries, lastMac } = head;
    return { state: 'whole', key, entries, lastMac, lastId };
  }

  /** Makes another key and another head behind what entries are left. */
  async beginAnew(manager: EntityManager, lastId: number): Promise<WholeTrail> {
    const made = await makeAuditKey(manager, this.secrets, lastId);
    return { state: 'whole', ...made };
  }

  #open(sealed: Parameters<typeof openAuditKey>[0]): Buffer | undefined {
    const stored = JSON.stringify(sealed);
    if (this.#opened?.stored === stored) return this.#opened.key;
    const key = openAuditKey(sealed, this.secrets);
    if (key !== undefined) this.#opened = { stored, key };
    return key;
  }
}
