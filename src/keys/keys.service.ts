import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit-log.service.js';
import { AuditRepository } from '../audit/audit.repository.js';
import { Breather } from '../common/breather.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { KeyRing } from '../security/key-ring.js';
import { type SecretState, SecretBox } from '../security/secret-box.js';
import { ENCRYPTED_COLUMNS } from './encrypted-columns.js';
import { EncryptedRowsRepository } from './encrypted-rows.repository.js';

export interface KeyStatus {
  kid: string;
  /**
   * `encrypting`: the first key; `decrypting`: in ENCRYPTION_KEY; `retired`: nothing needs it any more; `missing`: this database has been used with it, but it is
   * not given; `unknown`: it has not, so the rows that name it are damaged.
   */
  role: 'encrypting' | 'decrypting' | 'retired' | 'missing' | 'unknown';
  rows: number;
  /** Whether the key of the audit trail is under it. */
  auditKey: boolean;
}

const FAULTS = ['unreadable', 'missing'] as const satisfies SecretState[];

export interface VerificationReport {
  ok: number;
  /** `tenants.openai_api_key` → ids whose secret is not readable, by state. */
  faults: { column: string; state: (typeof FAULTS)[number]; ids: number[] }[];
}

export type Retirement =
  | { done: true }
  | { done: false; reason: 'unknown' | 'encrypting' | 'audit-key' }
  | { done: false; reason: 'in-use' | 'unbound'; rows: number };

@Injectable()
export class KeysService {
  constructor(
    private readonly rows: EncryptedRowsRepository,
    private readonly transactions: TransactionRunner,
    private readonly secrets: SecretBox,
    private readonly ring: KeyRing,
    private readonly audit: AuditLog,
    private readonly entries: AuditRepository,
  ) {}

  async status(): Promise<{ keys: KeyStatus[]; unbound: number }> {
    const { uses, unbound } = await this.rows.countKeyUse();
    const known = (await this.rows.knownKids()).map(({ kid }) => kid);
    const kids = new Set([
      ...this.ring.kids,
      ...known,
      ...uses.map(({ kid }) => kid),
    ]);
    const retired = await this.#retiredAmong([...kids]);
    const keys = [...kids].map((kid) => ({
      ...(uses.find((use) => use.kid === kid) ?? {
        kid,
        rows: 0,
        auditKey: false,
      }),
      role: this.#roleOf(kid, known, retired),
    }));
    return { keys, unbound };
  }

  async #retiredAmong(kids: readonly string[]): Promise<string[]> {
    const entries = await this.entries.findByTargets(
      'keys.retired',
      kids.map((kid) => `key:${kid}`),
    );
    return entries.flatMap(({ target }) => target?.slice('key:'.length) ?? []);
  }

  /** Decrypts every secret, and keeps none. */
  async verify(): Promise<VerificationReport> {
    const faults = ENCRYPTED_COLUMNS.flatMap((column) =>
      FAULTS.map((state) => ({ column, state, ids: [] as number[] })),
    );
    let ok = 0;
    const breather = new Breather();
    for await (const { column, ...row } of this.rows.each()) {
      const { state } = this.secrets.open(row, column.place(row.id));
      if (state === 'ok') ok += 1;
      faults
        .find((fault) => fault.column === column && fault.state === state)
        ?.ids.push(row.id);
      await breather.pause();
    }
    return {
      ok,
      faults: faults
        .filter(({ ids }) => ids.length > 0)
        .map((fault) => ({ ...fault, column: fault.column.name })),
    };
  }

  /** Forgets a key that nothing needs any more, so that it may be taken out of ENCRYPTION_KEY. */
  async retire(kid: string): Promise<Retirement> {
    if (kid === this.ring.primaryKid)
      return { done: false, reason: 'encrypting' };
    const unbound = await this.#countUnbound(kid);
    if (unbound > 0) return { done: false, reason: 'unbound', rows: unbound };
    return this.transactions.run((manager) => this.#forget(manager, kid), {
      lock: 'encryptionKeys',
      snapshot: true,
    });
  }

  async #forget(manager: EntityManager, kid: string): Promise<Retirement> {
    const { uses } = await this.rows.countKeyUse(manager);
    const use = uses.find((one) => one.kid === kid);
    if (use !== undefined)
      return use.rows > 0
        ? { done: false, reason: 'in-use', rows: use.rows }
        : { done: false, reason: 'audit-key' };
    const forgotten = await this.rows.forgetKid(manager, kid);
    if (forgotten)
      await this.audit.record(manager, {
        action: 'keys.retired',
        target: `key:${kid}`,
      });
    return forgotten || this.ring.kids.includes(kid)
      ? { done: true }
      : { done: false, reason: 'unknown' };
  }

  /** Secrets that nothing ties to their rows, of which this key opens one that could still be bound, or may, where it is not given. */
  async #countUnbound(kid: string): Promise<number> {
    const isGiven = this.ring.kids.includes(kid);
    const breather = new Breather();
    let count = 0;
    for await (const { column, ...row } of this.rows.each()) {
      await breather.pause();
      if (this.secrets.stateOf(row, column.place(row.id)) !== 'unreadable')
        continue;
      const opener = this.ring.decrypt(row.token)?.kid;
      const mayNeed = isGiven
        ? opener === kid
        : opener === undefined && row.kid === null;
      if (mayNeed) count += 1;
    }
    return count;
  }

  #roleOf(
    kid: string,
    known: readonly string[],
    retired: readonly string[],
  ): KeyStatus['role'] {
    if (kid === this.ring.primaryKid) return 'encrypting';
    const isKnown = known.includes(kid);
    if (!isKnown && retired.includes(kid)) return 'retired';
    if (this.ring.kids.includes(kid)) return 'decrypting';
    return isKnown ? 'missing' : 'unknown';
  }
}
