import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Maintenance } from '../../maintenance/maintenance.js';
import { TenantBinService } from './tenant-bin.service.js';

const BATCH_SIZE = 50;

/** The chore that deletes tenants for good once their time in the bin is over. */
@Injectable()
export class PurgeBin implements OnModuleInit {
  constructor(
    private readonly maintenance: Maintenance,
    private readonly bin: TenantBinService,
  ) {}

  onModuleInit(): void {
    this.maintenance.add('purge the bin', (signal) => this.#purge(signal));
  }

  async #purge(signal: AbortSignal): Promise<void> {
    let purged = BATCH_SIZE;
    while (purged === BATCH_SIZE && !signal.aborted)
      purged = await this.bin.purgeExpired(BATCH_SIZE);
  }
}
