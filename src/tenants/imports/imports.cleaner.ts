import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { Maintenance } from '../../maintenance/maintenance.js';
import { SteadyClock } from '../../maintenance/steady-clock.js';
import { KEPT_DAYS } from './import-limits.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import { ImportsRepository } from './imports.repository.js';

const DAY_MS = 86_400_000;
const ROWS_AT_ONCE = 500;

/** Takes away what is not needed any more, in pieces small enough to let others write in between. */
@Injectable()
export class ImportsCleaner implements OnModuleInit {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly rows: ImportRowsRepository,
    private readonly transactions: TransactionRunner,
    private readonly maintenance: Maintenance,
    private readonly clock: SteadyClock,
  ) {}

  onModuleInit(): void {
    this.maintenance.add('remove old imports', async (signal) =>
      this.removeOld(await this.clock.now(), signal),
    );
  }

  /** The reports of imports that were finished long ago. */
  async removeOld(now: Date, signal?: AbortSignal): Promise<void> {
    const limit = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
    const ids = await this.imports.findFinishedBefore(limit);
    for (const id of ids) {
      if (signal?.aborted === true) return;
      await this.remove(id);
    }
  }

  /** Uploads whose process was killed before they were whole. */
  async removeAbandoned(now = new Date()): Promise<void> {
    for (const {
      id,
      state,
      leasedUntil,
    } of await this.imports.findUnfinished())
      if (state === 'receiving' && (leasedUntil === null || leasedUntil < now))
        await this.remove(id);
  }

  async remove(id: number): Promise<void> {
    let left = ROWS_AT_ONCE;
    while (left === ROWS_AT_ONCE)
      left = await this.transactions.run((manager) =>
        this.rows.deleteSome(manager, id, ROWS_AT_ONCE),
      );
    await this.transactions.run((manager) => this.imports.delete(manager, id));
  }
}
