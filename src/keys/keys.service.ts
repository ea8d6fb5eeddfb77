import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit-log.service.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { KeyRing } from '../security/key-ring.js';
import { type SecretState, SecretBox } from '../security/secret-box.js';
import { ENCRYPTED_COLUMNS } from './encrypted-columns.js';
import {
  type EncryptedBatch,
  type EncryptedRow,
  EncryptedRowsRepository,
} from './encrypted-rows.repository.js';

const BATCH_SIZE = 500;

export interface KeyStatus {
  kid: string;
  /**
   * `encrypting`: the first key; `decrypting`: in ENCRYPTION_KEY; `missing`: this database has been used with it, but it is
   * not given; `unknown`: it has not, so the rows that name it are damaged.
   */
  role: 'encrypting' | 'decrypting' | 'missing' | 'unknown';
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
  | { done: false; reason: 'in-use'; rows: number };

@Injectable()
export class KeysService {
  constructor(
    private readonly rows: EncryptedRowsRepository,
    private readonly transactions: TransactionRunner,
    private readonly secrets: SecretBox,
    private readonly ring: KeyRing,
    private readonly audit: AuditLog,
  ) {}

  async status(): Promise<{ keys: KeyStatus[]; unbound: number }> {
    const { uses, unbound } = await this.rows.countKeyUse();
    const known = (await this.rows.knownKids()).map(({ kid }) => kid);
    const kids = new Set([
      ...this.ring.kids,
      ...known,
      ...uses.map(({ kid }) => kid),
    ]);
    const keys = [...kids].map((kid) => ({
      ...(uses.find((use) => use.kid === kid) ?? {
        kid,
        rows: 0,
        auditKey: false,
      }),
      role: this.#roleOf(kid, known),
    }));
    return { keys, unbound };
  }

  /** Decrypts every secret, and keeps none. */
  async verify(): Promise<VerificationReport> {
    const faults = ENCRYPTED_COLUMNS.flatMap((column) =>
      FAULTS.map((state) => ({ column, state, ids: [] as number[] })),
    );
    let ok = 0;
    for await (const { column, ...row } of this.#each()) {
      const { state } = this.secrets.open(row, column.place(row.id));
      if (state === 'ok') ok += 1;
      faults
        .find((fault) => fault.column === column && fault.state === state)
        ?.ids.push(row.id);
    }
    return {
      ok,
      faults: faults
        .filter(({ ids }) => ids.length > 0)
        .map((fault) => ({ ...fault, column: fault.column.name })),
    };
  }

  /**
   * Binds secrets that the old application wrote after the adoption. A token that another row holds too is left alone:
   * it was copied, and adopting it would give one tenant another's key.
   * @returns the ids that were bound, and those that no key opens or that hold a copy.
   */
  async adopt(): Promise<{ adopted: number[]; refused: number[] }> {
    const report = { adopted: [] as number[], refused: [] as number[] };
    for await (const row of this.#each()) {
      const { owner, place: placeOf } = row.column;
      const place = placeOf(row.id);
      if (
        owner === undefined ||
        this.secrets.stateOf(row, place) !== 'unreadable'
      )
        continue;
      const done = await this.transactions.run((manager) =>
        this.#adoptRow(manager, row, place, owner(row.id)),
      );
      (done ? report.adopted : report.refused).push(row.id);
    }
    return report;
  }

  /** Forgets a key that nothing needs any more, so that it may be taken out of ENCRYPTION_KEY. */
  async retire(kid: string): Promise<Retirement> {
    if (kid === this.ring.primaryKid)
      return { done: false, reason: 'encrypting' };
    return this.transactions.run(async (manager) => {
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
    });
  }

  async #adoptRow(
    manager: EntityManager,
    row: EncryptedRow,
    place: string,
    owner: string,
  ): Promise<boolean> {
    if ((await this.rows.countToken(manager, row.token)) !== 1) return false;
    const sealed = this.secrets.adopt(row.token, place);
    if (
      sealed === undefined ||
      !(await this.rows.replace(manager, row, sealed))
    )
      return false;
    await this.audit.record(manager, {
      action: 'keys.adopted',
      target: owner,
    });
    return true;
  }

  /** Batch by batch in the writer lane, so that no row slips by on its way from one table to another. */
  async *#each(): AsyncGenerator<EncryptedRow> {
    let afterId: number | undefined = 0;
    while (afterId !== undefined) {
      const start: number = afterId;
      const { rows, lastId }: EncryptedBatch = await this.transactions.run(
        (manager) => this.rows.findBatch(manager, start, BATCH_SIZE),
      );
      yield* rows;
      afterId = lastId;
    }
  }

  #roleOf(kid: string, known: readonly string[]): KeyStatus['role'] {
    if (kid === this.ring.primaryKid) return 'encrypting';
    if (this.ring.kids.includes(kid)) return 'decrypting';
    return known.includes(kid) ? 'missing' : 'unknown';
  }
}
