import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { auditContext } from '../audit/audit-context.js';
import { Breather } from '../common/breather.js';
import { UnavailableError } from '../common/errors/common.errors.js';
import { CryptoService } from '../security/crypto.service.js';
import type { ImportRowDto } from './dto/import-row.dto.js';
import { payloadPlace } from './tenant-import-payload.entity.js';
import type { TenantImportRow } from './tenant-import-row.entity.js';
import type { EntityManager } from 'typeorm';
import { AccountNames } from '../auth/account-names.js';
import { type NewTenant, TenantCreator } from '../tenants/tenant-creator.js';
import {
  ImportRowsRepository,
  type PendingRow,
} from './import-rows.repository.js';
import type { Progress } from './imports.repository.js';
import { type RowFault, USERNAME_TAKEN } from './row-fault.js';
import type { TenantImport } from './tenant-import.entity.js';

/** A row that needs nothing slow any more. */
export type PreparedRow = { row: TenantImportRow } & (
  { tenant: NewTenant } | { fault: RowFault }
);

export const LOST: RowFault = { pointer: '', code: 'INTERNAL_ERROR' };

/** At least one thread of the hasher stays free for those who sign in meanwhile, where there are two. */
const HASHES_AT_ONCE = Math.max(1, availableParallelism() - 1);
const HASHER_BUSY_PAUSE_MS = 1_000;

/** What is to become of the rows of a batch. */
interface Verdicts {
  good: { id: number; tenant: NewTenant }[];
  failed: { id: number; fault: RowFault }[];
}

/**
 * Makes tenants of rows, in two steps: what is slow is done before the transaction that must not wait for it, and the
 * transaction adds the tenants and writes down what became of each row.
 */
@Injectable()
export class RowApplier {
  constructor(
    private readonly names: AccountNames,
    private readonly creator: TenantCreator,
    private readonly rows: ImportRowsRepository,
    private readonly crypto: CryptoService,
  ) {}

  /** Opens payloads and hashes passwords. @returns the first of the rows, as many as can be hashed at once. */
  async prepare(rows: PendingRow[], dryRun: boolean): Promise<PreparedRow[]> {
    const prepared: Promise<PreparedRow>[] = [];
    const breather = new Breather();
    let hashes = 0;
    for (const pending of rows) {
      const { row } = pending;
      const input = this.#open(pending);
      if (input === undefined)
        prepared.push(Promise.resolve({ row, fault: LOST }));
      else if (dryRun || input.password === undefined)
        prepared.push(Promise.resolve(ready(row, input, input.password_hash)));
      else if (await this.names.isTaken(input.username))
        // A file that is sent again costs no hashing.
        prepared.push(Promise.resolve({ row, fault: USERNAME_TAKEN }));
      else if (hashes === HASHES_AT_ONCE) break;
      else {
        hashes += 1;
        prepared.push(
          this.#hash(input.password).then((hash) => ready(row, input, hash)),
        );
      }
      await breather.pause();
    }
    return Promise.all(prepared);
  }

  /** @throws UsernameTakenError when an index knows better than we do; then nothing of the batch stands. */
  async apply(
    manager: EntityManager,
    job: TenantImport,
    offered: PreparedRow[],
  ): Promise<Progress> {
    const prepared = await this.#stillPending(manager, offered);
    const taken = await this.#takenNames(manager, job, prepared);
    const { good, failed } = judge(prepared, taken);
    if (job.dryRun) await this.#settleValid(manager, good);
    else await this.#add(manager, good);
    for (const fault of new Set(failed.map((one) => one.fault)))
      await this.rows.settle(
        manager,
        failed.filter((one) => one.fault === fault).map(({ id }) => id),
        { state: 'failed', faults: [fault] },
      );
    await this.rows.dropPayloads(
      manager,
      prepared.map(({ row }) => row.id),
    );
    return {
      total: 0,
      processed: prepared.length,
      added: job.dryRun ? 0 : good.length,
      failed: failed.length,
    };
  }

  #open({ row, payload }: PendingRow): ImportRowDto | undefined {
    if (payload === undefined) return undefined;
    const opened = this.crypto.decrypt(
      {
        token: payload.payload,
        kid: payload.payloadKid,
        mac: payload.payloadMac,
      },
      payloadPlace(row.id),
    );
    return opened.state === 'ok'
      ? // Sealed by ourselves for this very row, after its rules were checked.
        (JSON.parse(opened.secret.reveal()) as ImportRowDto)
      : undefined;
  }

  async #hash(password: string): Promise<string> {
    for (;;) {
      try {
        return await this.crypto.hashPassword(password, auditContext().actor);
      } catch (error) {
        // Those who sign in come first.
        if (!(error instanceof UnavailableError)) throw error;
        await sleep(HASHER_BUSY_PAUSE_MS);
      }
    }
  }

  /** What is done is done: a row is never judged twice, however its batch came here. */
  async #stillPending(
    manager: EntityManager,
    offered: PreparedRow[],
  ): Promise<PreparedRow[]> {
    const pending = await this.rows.findStillPending(
      manager,
      offered.map(({ row }) => row.id),
    );
    return offered.filter(({ row }) => pending.has(row.id));
  }

  async #add(manager: EntityManager, good: Verdicts['good']): Promise<void> {
    if (good.length === 0) return;
    const tenantIds = await this.creator.insertAll(
      manager,
      good.map(({ tenant }) => tenant),
    );
    await this.rows.settleAdded(
      manager,
      tenantIds.map((tenantId, index) => ({
        id: good[index]?.id ?? 0,
        tenantId,
      })),
    );
  }

  #settleValid(manager: EntityManager, good: Verdicts['good']): Promise<void> {
    return this.rows.settle(
      manager,
      good.map(({ id }) => id),
      { state: 'valid', faults: null },
    );
  }

  async #takenNames(
    manager: EntityManager,
    { id, dryRun }: TenantImport,
    prepared: PreparedRow[],
  ): Promise<Set<string>> {
    const names = prepared.flatMap((item) =>
      'tenant' in item ? item.tenant.input.username : [],
    );
    if (names.length === 0) return new Set();
    const taken = await this.names.findTaken(names, manager);
    const earlier = dryRun
      ? await this.rows.findValidNames(manager, id, names)
      : [];
    return new Set([...taken, ...earlier]);
  }
}

/** Of two rows with one name the earlier gets it. */
function judge(prepared: PreparedRow[], taken: Set<string>): Verdicts {
  const verdicts: Verdicts = { good: [], failed: [] };
  for (const item of prepared) {
    const { id } = item.row;
    if ('fault' in item) verdicts.failed.push({ id, fault: item.fault });
    else if (taken.has(item.tenant.input.username))
      verdicts.failed.push({ id, fault: USERNAME_TAKEN });
    else {
      taken.add(item.tenant.input.username);
      verdicts.good.push({ id, tenant: item.tenant });
    }
  }
  return verdicts;
}

/** @param passwordHash undefined in a dry run, which stores none. */
function ready(
  row: TenantImportRow,
  { username, business_name, openai_api_key, system_prompt }: ImportRowDto,
  passwordHash = '',
): PreparedRow {
  const input = { username, business_name, openai_api_key, system_prompt };
  return { row, tenant: { input, passwordHash } };
}
