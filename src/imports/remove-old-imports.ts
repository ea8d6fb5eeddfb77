import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Maintenance } from '../maintenance/maintenance.js';
import { SteadyClock } from '../maintenance/steady-clock.js';
import { ImportsCleaner } from './imports.cleaner.js';

/** The chore that takes reports away once nobody needs them any more. */
@Injectable()
export class RemoveOldImports implements OnModuleInit {
  constructor(
    private readonly maintenance: Maintenance,
    private readonly cleaner: ImportsCleaner,
    private readonly clock: SteadyClock,
  ) {}

  onModuleInit(): void {
    this.maintenance.add('remove old imports', async (signal) =>
      this.cleaner.removeOld(await this.clock.now(), signal),
    );
  }
}
