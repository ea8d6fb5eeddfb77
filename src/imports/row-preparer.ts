import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AccountNames } from '../auth/account-names.js';
import { auditContext } from '../audit/audit-context.js';
import { Breather } from '../common/breather.js';
import { UnavailableError } from '../common/errors/common.errors.js';
import { CryptoService } from '../security/crypto.service.js';
import type { NewTenant } from '../tenants/tenant-creator.js';
import type { ImportRowDto } from './dto/import-row.dto.js';
import type { PendingRow } from './import-rows.repository.js';
import { type RowFault, USERNAME_TAKEN } from './row-fault.js';
import { payloadPlace } from './tenant-import-payload.entity.js';
import type { TenantImportRow } from './tenant-import-row.entity.js';

/** A row that needs nothing slow any more. */
export type PreparedRow = { row: TenantImportRow } & (
  { tenant: NewTenant } | { fault: RowFault }
);

export const LOST: RowFault = { pointer: '', code: 'INTERNAL_ERROR' };

/** At least one thread of the hasher stays free for those who sign in meanwhile, where there are two. */
const HASHES_AT_ONCE = Math.max(1, availableParallelism() - 1);
const HASHER_BUSY_PAUSE_MS = 1_000;

/** Does what is slow about a row, before the transaction that must not wait for it: opens its payload and hashes its password. */
@Injectable()
export class RowPreparer {
  constructor(
    private readonly crypto: CryptoService,
    private readonly names: AccountNames,
  ) {}

  /** @returns the first of the rows, as many as can be hashed at once. */
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
