import { Global, Module } from '@nestjs/common';
import { Maintenance } from './maintenance.js';
import { SteadyClock } from './steady-clock.js';

@Global()
@Module({
  providers: [Maintenance, SteadyClock],
  exports: [Maintenance, SteadyClock],
})
export class MaintenanceModule {}
