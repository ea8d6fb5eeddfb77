import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { READER } from '../database/data-source-options.js';
import { DeletedTenant } from './bin/deleted-tenant.entity.js';
import { DeletedTenantsRepository } from './bin/deleted-tenants.repository.js';
import { PurgeBin } from './bin/purge-bin.js';
import { TenantBinController } from './bin/tenant-bin.controller.js';
import { TenantBinService } from './bin/tenant-bin.service.js';
import { TenantStatusController } from './tenant-status.controller.js';
import { TenantStatusService } from './tenant-status.service.js';
import { Tenant } from './tenant.entity.js';
import { TenantsController } from './tenants.controller.js';
import { TenantsRepository } from './tenants.repository.js';
import { TenantsService } from './tenants.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Tenant, DeletedTenant], READER)],
  // The bin stands first: its path would otherwise be taken for a tenant's.
  controllers: [TenantBinController, TenantsController, TenantStatusController],
  providers: [
    TenantsService,
    TenantsRepository,
    TenantStatusService,
    TenantBinService,
    DeletedTenantsRepository,
    PurgeBin,
  ],
  exports: [TenantsService, TenantStatusService, TenantBinService],
})
export class TenantsModule {}
