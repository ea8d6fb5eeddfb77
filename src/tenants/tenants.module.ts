import { Module } from '@nestjs/common';
import { TenantBinController } from './bin/tenant-bin.controller.js';
import { TenantStatusController } from './tenant-status.controller.js';
import { ExportsController } from './exports/exports.controller.js';
import { TenantsController } from './tenants.controller.js';
import { TenantsCoreModule } from './tenants-core.module.js';

@Module({
  imports: [TenantsCoreModule],
  // The fixed paths come first: `:id` would take them.
  controllers: [
    TenantBinController,
    ExportsController,
    TenantsController,
    TenantStatusController,
  ],
})
export class TenantsModule {}
