import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { KeyRing } from '../security/key-ring.js';
import { type SecretState, SecretBox } from '../security/secret-box.js';
import {
  ENCRYPTED_COLUMNS,
  type EncryptedColumn,
} from './encrypted-columns.js';
import {
  type EncryptedRow,
  EncryptedRowsRepository,
  type KidCount,
} from './encrypted-rows.repository.js';

const BATCH_SIZE = 500;

export interface KeyStatus {
  kid: string;
  /** `encrypting`: the first key; `decrypting`: in ENCRYPTION_KEY; `missing`: needed or known, but not given. */
  role: 'encrypting' | 'decrypting' | 'missing';
  rows: number;
}

export interface VerificationReport {
  ok: number;
  /** `tenants.openai_api_key` → ids whose secret is not readable, by state. */
  faults: {
    column: string;
    state: Exclude<SecretState, 'ok'>;
    ids: number[];
  }[];
}

export type Retirement =
  | { done: true }
  | { done: false; reason: 'unknown' | 'encrypting' }
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
    const counts = await this.#countByKid();
    const known = (await this.rows.knownKids()).map(({ kid }) => kid);
    const kids = new Set([...this.ring.kids, ...known, ...counts.keys()]);
    const unbound = counts.get(null) ?? 0;
    const keys = [...kids]
      .filter((kid) => kid !== null)
      .map((kid) => ({
        kid,
        role: this.#roleOf(kid),
        rows: counts.get(kid) ?? 0,
      }));
    return { keys, unbound };
  }

  /** Decrypts every secret, and keeps none. */
  async verify(): Promise<VerificationReport> {
    const report: VerificationReport = { ok: 0, faults: [] };
    for (const column of ENCRYPTED_COLUMNS) {
      const ids = { missing: [] as number[], unreadable: [] as number[] };
      for await (const row of this.#each(column)) {
        const { state } = this.secrets.open(row, column.place(row.id));
        if (state === 'ok') report.ok += 1;
        else ids[state].push(row.id);
      }
      for (const state of ['unreadable', 'missing'] as const) {
        if (ids[state].length > 0)
          report.faults.push({ column: column.name, state, ids: ids[state] });
      }
    }
    return report;
  }

  /**
   * Binds secrets that the old application wrote after the adoption. A token that another row holds too is left alone:
   * it was copied, and adopting it would give one tenant another's key.
   * @returns the ids that were bound, and those that no key opens or that hold a copy.
   */
  async adopt(): Promise<{ adopted: number[]; refused: number[] }> {
    const report = { adopted: [] as number[], refused: [] as number[] };
    for (const column of ENCRYPTED_COLUMNS) {
      const { owner } = column;
      if (owner === undefined) continue;
      for await (const row of this.#each(column)) {
        const place = column.place(row.id);
        if (this.secrets.stateOf(row, place) !== 'unreadable') continue;
        const sealed =
          (await this.rows.countToken(column, row.token)) === 1
            ? this.secrets.adopt(row.token, place)
            : undefined;
        const done =
          sealed !== undefined &&
          (await this.transactions.run(async (manager) => {
            const replaced = await this.rows.replace(
              manager,
              column,
              row,
              sealed,
            );
            if (replaced)
              await this.audit.record(manager, {
                action: 'keys.adopted',
                target: owner(row.id),
              });
            return replaced;
          }));
        (done ? report.adopted : report.refused).push(row.id);
      }
    }
    return report;
  }

  /** Forgets a key that nothing needs any more, so that it may be taken out of ENCRYPTION_KEY. */
  async retire(kid: string): Promise<Retirement> {
    if (kid === this.ring.primaryKid)
      return { done: false, reason: 'encrypting' };
    const rows = (await this.#countByKid()).get(kid) ?? 0;
    if (rows > 0) return { done: false, reason: 'in-use', rows };
    const known = await this.transactions.run(async (manager) => {
      const forgotten = await this.rows.forgetKid(manager, kid);
      if (forgotten)
        await this.audit.record(manager, {
          action: 'keys.retired',
          target: `key:${kid}`,
        });
      return forgotten;
    });
    return known || this.ring.kids.includes(kid)
      ? { done: true }
      : { done: false, reason: 'unknown' };
  }

  async *#each(column: EncryptedColumn): AsyncGenerator<EncryptedRow> {
    let batch = await this.rows.findBatch(column, 0, BATCH_SIZE);
    while (batch.length > 0) {
      yield* batch;
      batch = await this.rows.findBatch(
        column,
        batch.at(-1)?.id ?? 0,
        BATCH_SIZE,
      );
    }
  }

  async #countByKid(): Promise<Map<string | null, number>> {
    const counts = new Map<string | null, number>();
    const found: KidCount[][] = await Promise.all(
      ENCRYPTED_COLUMNS.map((column) => this.rows.countByKid(column)),
    );
    for (const { kid, rows } of found.flat())
      counts.set(kid, (counts.get(kid) ?? 0) + rows);
    return counts;
  }

  #roleOf(kid: string): KeyStatus['role'] {
    if (kid === this.ring.primaryKid) return 'encrypting';
    return this.ring.kids.includes(kid) ? 'decrypting' : 'missing';
  }
}
